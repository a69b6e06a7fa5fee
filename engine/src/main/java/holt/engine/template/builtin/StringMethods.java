package holt.engine.template.builtin;

import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.PythonText;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Int;
import holt.engine.template.value.Value.ListOf;
import holt.engine.template.value.Value.Str;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str}. */
final class StringMethods {
    private static final Map<String, Builtin> METHODS =
            Stream.of(
                            plain("upper", PythonText::upper),
                            plain("lower", PythonText::lower),
                            plain("title", PythonText::title),
                            plain("capitalize", PythonText::capitalize),
                            method(
                                    "strip",
                                    (s, call) -> new Str(strip(s, call, true, true)),
                                    "chars"),
                            method(
                                    "lstrip",
                                    (s, call) -> new Str(strip(s, call, true, false)),
                                    "chars"),
                            method(
                                    "rstrip",
                                    (s, call) -> new Str(strip(s, call, false, true)),
                                    "chars"),
                            method("split", (s, call) -> split(s, call, false), "sep", "maxsplit"),
                            method("rsplit", (s, call) -> split(s, call, true), "sep", "maxsplit"),
                            method("splitlines", (s, _) -> strings(Split.lines(s))),
                            method(
                                    "startswith",
                                    (s, call) -> Value.of(anyAffix(call, s::startsWith)),
                                    "prefix"),
                            method(
                                    "endswith",
                                    (s, call) -> Value.of(anyAffix(call, s::endsWith)),
                                    "suffix"),
                            method(
                                    "removeprefix",
                                    (s, call) -> new Str(removePrefix(s, call)),
                                    "prefix"),
                            method(
                                    "removesuffix",
                                    (s, call) -> new Str(removeSuffix(s, call)),
                                    "suffix"),
                            method("replace", StringMethods::replace, "old", "new", "count"),
                            method(
                                    "find",
                                    (s, call) -> position(s, s.indexOf(call.text(0, "sub"))),
                                    "sub"),
                            method(
                                    "rfind",
                                    (s, call) -> position(s, s.lastIndexOf(call.text(0, "sub"))),
                                    "sub"),
                            method("count", (s, call) -> count(s, call.text(0, "sub")), "sub"),
                            method("join", StringMethods::join, "iterable"),
                            method("isdigit", (s, _) -> Value.of(every(s, Character::isDigit))),
                            method("isalpha", (s, _) -> Value.of(every(s, Character::isLetter))),
                            method(
                                    "isalnum",
                                    (s, _) -> Value.of(every(s, Character::isLetterOrDigit))),
                            method("isspace", (s, _) -> Value.of(every(s, PythonText::isSpace))))
                    .collect(Collectors.toMap(Builtin::name, Function.identity()));

    private StringMethods() {}

    static @Nullable Builtin find(String name) {
        return METHODS.get(name);
    }

    @FunctionalInterface
    private interface Method {
        Value apply(String receiver, Call call);
    }

    private static Builtin method(String name, Method method, String... parameters) {
        return new Builtin(
                name, (input, call) -> method.apply(Convert.toText(input), call), parameters);
    }

    private static Builtin plain(String name, UnaryOperator<String> change) {
        return method(name, (s, _) -> new Str(change.apply(s)));
    }

    /** Strips white space, or the characters of the first argument when it is given. */
    static String strip(String text, Call call, boolean left, boolean right) {
        Value chars = call.get(0, "chars", Value.NONE);
        String result = text;
        if (chars == Value.NONE) {
            result = left ? PythonText.lstrip(result) : result;
            return right ? PythonText.rstrip(result) : result;
        }
        String set = Convert.toText(chars);
        result = left ? PythonText.lstrip(result, set) : result;
        return right ? PythonText.rstrip(result, set) : result;
    }

    private static Value split(String text, Call call, boolean fromRight) {
        Value separator = call.get(0, "sep", Value.NONE);
        long most = call.integer(1, "maxsplit", -1);
        long limit = most < 0 ? Long.MAX_VALUE : most;
        if (separator == Value.NONE) {
            return strings(
                    fromRight ? Split.onSpaceFromRight(text, limit) : Split.onSpace(text, limit));
        }
        String wanted = Convert.toText(separator);
        if (wanted.isEmpty()) {
            throw new EvaluationError("empty separator");
        }
        return strings(
                fromRight
                        ? Split.onTextFromRight(text, wanted, limit)
                        : Split.onText(text, wanted, limit));
    }

    private static Value strings(List<String> parts) {
        return new ListOf(parts.stream().<Value>map(Str::new).toList());
    }

    private static boolean anyAffix(Call call, Predicate<String> has) {
        Value wanted = call.require(0, "affix");
        return wanted instanceof Value.TupleOf(List<Value> choices)
                ? choices.stream().anyMatch(choice -> has.test(Convert.toText(choice)))
                : has.test(Convert.toText(wanted));
    }

    private static String removePrefix(String text, Call call) {
        String prefix = call.text(0, "prefix");
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removeSuffix(String text, Call call) {
        String suffix = call.text(0, "suffix");
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Value replace(String text, Call call) {
        long most = call.integer(2, "count", -1);
        return new Str(
                PythonText.replace(
                        text, call.text(0, "old"), call.text(1, "new"), most, call.budget()));
    }

    private static Value join(String separator, Call call) {
        StringBuilder out = new StringBuilder();
        List<Value> items = Convert.toList(call.require(0, "iterable"));
        for (int i = 0; i < items.size(); i++) {
            String part = (i == 0 ? "" : separator) + Convert.toText(items.get(i));
            call.budget().spend(part.length());
            out.append(part);
        }
        return new Str(out.toString());
    }

    private static Value position(String text, int index) {
        return new Int(index < 0 ? -1 : text.codePointCount(0, index));
    }

    private static Value count(String text, String wanted) {
        return new Int(
                wanted.isEmpty()
                        ? PythonText.length(text) + 1L
                        : Split.onText(text, wanted, Long.MAX_VALUE).size() - 1L);
    }

    private static boolean every(String text, IntPredicate property) {
        return !text.isEmpty() && text.codePoints().allMatch(property);
    }
}
