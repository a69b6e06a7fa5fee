package holt.engine.template.builtin;

import holt.engine.template.value.Budget;
import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Printer;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Str;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters that return text. They print their input first, so an undefined value is empty text. Nothing is escaped
 * automatically, so {@code safe} changes nothing.
 */
final class TextFilters {
    private static final Pattern TITLE_BREAK =
            Pattern.compile("(?<=[-\\s({\\[<])(?![-\\s({\\[<])|(?<![-\\s({\\[<])(?=[-\\s({\\[<])");

    static final List<Builtin> ALL =
            List.of(
                    plain("upper", PythonText::upper),
                    plain("lower", PythonText::lower),
                    plain("capitalize", PythonText::capitalize),
                    plain("title", TextFilters::title),
                    plain("string", text -> text),
                    plain("safe", text -> text),
                    plain("escape", TextFilters::escape),
                    plain("e", TextFilters::escape),
                    text("trim", (s, call) -> StringMethods.strip(s, call, true, true), "chars"),
                    text("replace", TextFilters::replace, "old", "new", "count"),
                    text("indent", TextFilters::indent, "width", "first", "blank"),
                    new Builtin("join", TextFilters::join, "d", "attribute"),
                    new Builtin(
                            "tojson",
                            TextFilters::toJson,
                            "ensure_ascii",
                            "indent",
                            "separators",
                            "sort_keys"));

    private TextFilters() {}

    @FunctionalInterface
    private interface TextFilter {
        String apply(String input, Call call);
    }

    private static Builtin text(String name, TextFilter filter, String... parameters) {
        return new Builtin(
                name,
                (input, call) -> new Str(filter.apply(Printer.text(input, call.budget()), call)),
                parameters);
    }

    private static Builtin plain(String name, UnaryOperator<String> change) {
        return text(name, (input, _) -> change.apply(input));
    }

    private static String title(String text) {
        return TITLE_BREAK
                .splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(TextFilters::titleWord)
                .collect(Collectors.joining());
    }

    private static String titleWord(String word) {
        int first = word.offsetByCodePoints(0, 1);
        return PythonText.upper(word.substring(0, first)) + PythonText.lower(word.substring(first));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String replace(String text, Call call) {
        String old = Printer.text(call.require(0, "old"), call.budget());
        String replacement = Printer.text(call.require(1, "new"), call.budget());
        Value count = call.get(2, "count", Value.NONE);
        return PythonText.replace(
                text,
                old,
                replacement,
                count == Value.NONE ? -1 : Convert.toLong(count),
                call.budget());
    }

    private static String indent(String text, Call call) {
        Value width = call.get(0, "width", new Value.Int(4));
        String indent = width instanceof Str(String given) ? given : spaces(width, call.budget());
        boolean first = call.flag(1, "first", false);
        boolean blank = call.flag(2, "blank", false);
        List<String> lines = Split.lines(text + "\n");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean indented = i == 0 ? first : blank || !line.isEmpty();
            call.budget().spend((long) line.length() + indent.length());
            out.append(i == 0 ? "" : "\n").append(indented ? indent : "").append(line);
        }
        return out.toString();
    }

    private static String spaces(Value count, Budget budget) {
        int width = Math.max(0, Convert.toInt(count));
        budget.spend(width);
        return " ".repeat(width);
    }

    private static Value join(Value input, Call call) {
        String separator = Printer.text(call.get(0, "d", Value.EMPTY), call.budget());
        Value attribute = call.get(1, "attribute", Value.NONE);
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Value item : Convert.toList(input)) {
            Value part = attribute == Value.NONE ? item : Attributes.path(item, attribute);
            String text = Printer.text(part, call.budget());
            call.budget().spend((long) text.length() + separator.length());
            out.append(first ? "" : separator).append(text);
            first = false;
        }
        return new Str(out.toString());
    }

    /** The {@code tojson} of transformers: {@code json.dumps} as it is, without Jinja2's HTML escapes. */
    private static Value toJson(Value input, Call call) {
        String indent = jsonIndent(call.get(1, "indent", Value.NONE), call.budget());
        List<Value> separators =
                Convert.toList(
                        call.get(2, "separators", Value.NONE) == Value.NONE
                                ? new Value.TupleOf(
                                        List.of(
                                                new Str(indent == null ? ", " : ","),
                                                new Str(": ")))
                                : call.require(2, "separators"));
        if (separators.size() != 2) {
            throw new EvaluationError("tojson takes two separators");
        }
        Json.Format format =
                new Json.Format(
                        call.flag(0, "ensure_ascii", false),
                        indent,
                        Convert.toText(separators.get(0)),
                        Convert.toText(separators.get(1)),
                        call.flag(3, "sort_keys", false));
        return new Str(Json.write(input, format, call.budget()));
    }

    private static @Nullable String jsonIndent(Value indent, Budget budget) {
        return switch (indent) {
            case Value.None _ -> null;
            case Str(String text) -> text;
            default -> spaces(indent, budget);
        };
    }
}
