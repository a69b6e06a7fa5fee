package holt.grammar.schema;

import holt.grammar.refusal.Budget;
import holt.grammar.regex.CharSet;
import holt.grammar.regex.Dfa;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.Regex;
import java.util.ArrayList;
import java.util.List;

/** Expressions over the content of a string, as JSON writes it. A character that needs an escape has exactly one. */
final class JsonText {
    private static final String SHORT = "\"\\\b\f\n\r\t";
    private static final String LETTERS = "\"\\bfnrt";
    private static final CharSet CONTROL = CharSet.range(0, 0x1F);
    private static final CharSet ESCAPED = CONTROL.union(CharSet.anyOf("\"\\"));
    private static final Regex QUOTE = Regex.literal("\"");

    private JsonText() {}

    /** The string whose content matches. */
    static Regex string(Regex content) {
        return Regex.sequence(QUOTE, encode(content), QUOTE);
    }

    /** A key without escapes that is none of the names. */
    static Dfa keyExcept(List<String> names, Budget budget) {
        Regex plain = Regex.any(new Regex.Chars(ESCAPED.complement()));
        Regex taken = string(new Regex.Either(names.stream().map(Regex::literal).toList()));
        return Dfas.without(
                Dfas.of(Regex.sequence(QUOTE, plain, QUOTE), budget),
                Dfas.of(taken, budget),
                budget);
    }

    private static Regex encode(Regex regex) {
        return switch (regex) {
            case Regex.Chars(CharSet set) -> encode(set);
            case Regex.Sequence(List<Regex> parts) ->
                    new Regex.Sequence(parts.stream().map(JsonText::encode).toList());
            case Regex.Either(List<Regex> options) ->
                    new Regex.Either(options.stream().map(JsonText::encode).toList());
            case Regex.Repeat repeat ->
                    new Regex.Repeat(encode(repeat.part()), repeat.least(), repeat.most());
            case Regex.Start _, Regex.End _ -> regex;
        };
    }

    private static Regex encode(CharSet set) {
        List<Regex> options = new ArrayList<>();
        options.add(new Regex.Chars(set.minus(ESCAPED)));
        for (CharSet.Range range : set.intersect(ESCAPED).ranges()) {
            for (int c = range.first(); c <= range.last(); c++) {
                int known = SHORT.indexOf(c);
                options.add(
                        Regex.literal(
                                known >= 0
                                        ? "\\" + LETTERS.charAt(known)
                                        : "\\u%04x".formatted(c)));
            }
        }
        return options.size() == 1 ? options.getFirst() : new Regex.Either(options);
    }
}
