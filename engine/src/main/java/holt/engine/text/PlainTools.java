package holt.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes tools, calls and their results as plain text, for templates that know no tools. */
final class PlainTools {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String INSTRUCTION =
            """
            You can call these functions:
            %s

            To call functions, answer only with one JSON object for each call:
            {"name": "<name of the function>", "arguments": {"<name of an argument>": <its value>}}
            Otherwise answer in plain text.\
            """;

    private PlainTools() {}

    /** @param system whether the template writes a system turn; otherwise the first turn has the instruction */
    static List<ChatTurn> turns(ChatInput input, boolean system) {
        List<ChatTurn> turns = new ArrayList<>();
        for (ChatTurn turn : input.turns()) {
            add(plain(turn), turn.role().equals("tool"), turns);
        }
        if (input.mayCall() && !input.tools().isEmpty()) {
            instruct(turns, instruction(input.tools()), system);
        }
        return turns;
    }

    private static ChatTurn plain(ChatTurn turn) {
        if (turn.role().equals("tool")) {
            String of = turn.name() == null ? "" : " of " + turn.name();
            return new ChatTurn("user", "Result" + of + ":\n" + text(turn));
        }
        if (turn.toolCalls().isEmpty()) {
            return turn;
        }
        String calls =
                turn.toolCalls().stream().map(PlainTools::call).collect(Collectors.joining("\n"));
        return new ChatTurn(turn.role(), text(turn).isEmpty() ? calls : text(turn) + "\n" + calls);
    }

    /** Several results make one turn, because some templates want users and assistants in turn. */
    private static void add(ChatTurn turn, boolean result, List<ChatTurn> turns) {
        ChatTurn last = turns.isEmpty() ? null : turns.getLast();
        if (result && last != null && last.role().equals("user")) {
            turns.set(turns.size() - 1, new ChatTurn("user", text(last) + "\n\n" + text(turn)));
        } else {
            turns.add(turn);
        }
    }

    private static String call(ToolCall call) {
        return "{\"name\": %s, \"arguments\": %s}"
                .formatted(
                        JSON.writeValueAsString(call.function()),
                        call.arguments().isBlank() ? "{}" : call.arguments());
    }

    private static String instruction(List<Map<String, @Nullable Object>> tools) {
        return INSTRUCTION.formatted(
                tools.stream()
                        .map(tool -> JSON.writeValueAsString(tool.getOrDefault("function", tool)))
                        .collect(Collectors.joining("\n")));
    }

    private static void instruct(List<ChatTurn> turns, String instruction, boolean system) {
        ChatTurn first = turns.isEmpty() ? null : turns.getFirst();
        String role = system ? "system" : "user";
        boolean same =
                first != null
                        && (first.role().equals(role)
                                || (system && first.role().equals("developer")));
        if (first != null && same) {
            String text =
                    system
                            ? text(first) + "\n\n" + instruction
                            : instruction + "\n\n" + text(first);
            turns.set(0, new ChatTurn(first.role(), text.strip()));
        } else {
            turns.addFirst(new ChatTurn(role, instruction));
        }
    }

    private static String text(ChatTurn turn) {
        return turn.content() == null ? "" : turn.content();
    }
}
