package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.fields.Fields;
import holt.protocol.Tools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. */
public final class ParseTools {
    private static final int MOST = 128;

    /** OpenAI allows 64 characters and no dot. Servers of tools use both. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private ParseTools() {}

    /** Null if there are none. */
    static @Nullable Tools parse(ChatRequest wire) {
        List<Map<String, Object>> functions = functions(wire.tools());
        Object choice = wire.toolChoice();
        if (functions.isEmpty()) {
            if (choice != null && !"none".equals(choice) && !"auto".equals(choice)) {
                throw invalid("tool_choice", "needs tools");
            }
            return null;
        }
        boolean parallel = !Boolean.FALSE.equals(wire.parallelToolCalls());
        return switch (choice) {
            case null -> new Tools(functions, Tools.Choice.AUTO, null, parallel);
            case String text -> new Tools(functions, choice(text), null, parallel);
            case Map<?, ?> one ->
                    new Tools(functions, Tools.Choice.REQUIRED, only(one, functions), parallel);
            default ->
                    throw invalid(
                            "tool_choice",
                            "must be auto, none, required, or an object with a function");
        };
    }

    private static Tools.Choice choice(String text) {
        return Fields.choice(
                "tool_choice",
                text,
                Tools.Choice.AUTO,
                List.of(Tools.Choice.values()),
                choice -> choice.name().toLowerCase(Locale.ROOT));
    }

    private static List<Map<String, Object>> functions(@Nullable Object tools) {
        if (tools == null) {
            return List.of();
        }
        if (!(tools instanceof List<?> list)) {
            throw invalid("tools", "must be an array");
        }
        if (list.size() > MOST) {
            throw invalid("tools", "must have at most " + MOST + " items");
        }
        var functions = new ArrayList<Map<String, Object>>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String param = "tools[" + i + "]";
            Map<String, Object> tool = object(param, list.get(i));
            if (!"function".equals(tool.get("type"))) {
                throw invalid(param + ".type", "must be function");
            }
            String name = name(object(param + ".function", tool.get("function")), param);
            if (!names.add(name)) {
                throw invalid(param + ".function.name", "occurs twice");
            }
            functions.add(tool);
        }
        return functions;
    }

    /** The name of a tool. */
    public static String name(String param, @Nullable Object name) {
        if (name instanceof String text && NAME.matcher(text).matches()) {
            return text;
        }
        throw invalid(param, "must have 1 to 128 letters, digits, underscores, dots or dashes");
    }

    private static String name(Map<String, Object> function, String param) {
        String name = name(param + ".function.name", function.get("name"));
        if (function.get("parameters") instanceof Object parameters
                && !(parameters instanceof Map<?, ?>)) {
            throw invalid(param + ".function.parameters", "must be a JSON Schema");
        }
        return name;
    }

    private static String only(Map<?, ?> choice, List<Map<String, Object>> functions) {
        refuseUnsupported("tool_choice.type", !"function".equals(choice.get("type")));
        Object name = object("tool_choice.function", choice.get("function")).get("name");
        if (functions.stream()
                .map(tool -> object("tools", tool.get("function")).get("name"))
                .noneMatch(known -> Objects.equals(known, name))) {
            throw invalid("tool_choice.function.name", "must be the name of one of the tools");
        }
        return String.valueOf(name);
    }
}
