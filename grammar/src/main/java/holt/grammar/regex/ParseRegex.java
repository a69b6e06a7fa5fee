package holt.grammar.regex;

import holt.grammar.refusal.RefusedConstraintException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ECMAScript's syntax, as with its flags {@code u} and {@code s} off and characters as code points. Lazy quantifiers
 * are read as greedy ones: both match the same texts. Refuses look-around, back-references and word boundaries.
 */
public final class ParseRegex {
    private static final int MOST_NESTED = 100;
    private static final int MOST_REPETITIONS = 100_000;

    private final String source;
    private final String pointer;
    private int at;
    private int depth;

    private ParseRegex(String source, String pointer) {
        this.source = source;
        this.pointer = pointer;
    }

    /**
     * The texts that are a match.
     *
     * @param pointer where the expression stands, for refusals
     * @throws RefusedConstraintException if the expression is invalid or unsupported
     */
    public static Regex whole(String source, String pointer) {
        return Anchors.whole(new ParseRegex(source, pointer).parse(), pointer);
    }

    /** The texts that contain a match; otherwise as {@link #whole}. */
    public static Regex search(String source, String pointer) {
        return Anchors.search(new ParseRegex(source, pointer).parse(), pointer);
    }

    private Regex parse() {
        Regex regex = either();
        if (at < source.length()) {
            throw refused("a ) without its (");
        }
        return regex;
    }

    private Regex either() {
        if (++depth > MOST_NESTED) {
            throw refused("groups nested deeper than " + MOST_NESTED);
        }
        List<Regex> options = new ArrayList<>();
        do {
            options.add(sequence());
        } while (skip('|'));
        depth--;
        return options.size() == 1 ? options.getFirst() : new Regex.Either(options);
    }

    private Regex sequence() {
        List<Regex> parts = new ArrayList<>();
        while (at < source.length() && peek() != '|' && peek() != ')') {
            parts.add(quantified(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Regex.Sequence(parts);
    }

    private Regex quantified(Regex part) {
        if (at >= source.length()) {
            return part;
        }
        Regex repeated =
                switch (peek()) {
                    case '*' -> repeat(part, 0, Regex.UNBOUNDED);
                    case '+' -> repeat(part, 1, Regex.UNBOUNDED);
                    case '?' -> repeat(part, 0, 1);
                    case '{' -> counted(part);
                    default -> part;
                };
        if (repeated != part) {
            if (part instanceof Regex.Start || part instanceof Regex.End) {
                throw refused("an anchor cannot repeat");
            }
            skip('?');
            if (at < source.length() && "*+?{".indexOf(peek()) >= 0) {
                throw refused("a quantifier after a quantifier");
            }
        }
        return repeated;
    }

    private Regex repeat(Regex part, int least, int most) {
        at++;
        return new Regex.Repeat(part, least, most);
    }

    private Regex counted(Regex part) {
        at++;
        int least = number();
        int most = least;
        if (skip(',')) {
            most = peek() == '}' ? Regex.UNBOUNDED : number();
        }
        if (!skip('}')) {
            throw refused("a { that begins no quantifier; write \\{");
        }
        if (most != Regex.UNBOUNDED && most < least) {
            throw refused("a quantifier whose bounds are out of order");
        }
        return new Regex.Repeat(part, least, most);
    }

    private int number() {
        int start = at;
        int value = 0;
        while (at < source.length() && isDigit(peek())) {
            value = value * 10 + (next() - '0');
            if (value > MOST_REPETITIONS) {
                throw refused("more than " + MOST_REPETITIONS + " repetitions");
            }
        }
        if (at == start) {
            throw refused("a { that begins no quantifier; write \\{");
        }
        return value;
    }

    private Regex atom() {
        int c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> new Regex.Chars(characterClass());
            case '.' -> new Regex.Chars(Escapes.LINE_ENDS.complement());
            case '^' -> new Regex.Start();
            case '$' -> new Regex.End();
            case '\\' -> new Regex.Chars(escape(false));
            case '*', '+', '?', '{' -> throw refused("a quantifier with nothing to repeat");
            default -> new Regex.Chars(CharSet.one(c));
        };
    }

    private Regex group() {
        if (skip('?') && !skip(':')) {
            if (source.startsWith("<=", at) || source.startsWith("<!", at)) {
                throw refused("look-behind is not supported");
            }
            if (source.startsWith("=", at) || source.startsWith("!", at)) {
                throw refused("look-ahead is not supported");
            }
            int end = source.indexOf('>', at);
            if (!skip('<') || end < 0) {
                throw refused("this kind of group is not supported");
            }
            at = end + 1;
        }
        Regex inner = either();
        if (!skip(')')) {
            throw refused("a ( without its )");
        }
        // A group stays a part of its own, so that its alternatives do not spread.
        return new Regex.Sequence(List.of(inner));
    }

    private CharSet characterClass() {
        boolean negated = skip('^');
        CharSet all = CharSet.NONE;
        while (!skip(']')) {
            CharSet first = classMember();
            if (at + 1 < source.length() && peek() == '-' && source.charAt(at + 1) != ']') {
                at++;
                all = all.union(range(first, classMember()));
            } else {
                all = all.union(first);
            }
        }
        return negated ? all.complement() : all;
    }

    private CharSet range(CharSet first, CharSet last) {
        int from = single(first);
        int to = single(last);
        if (from > to) {
            throw refused("a range of characters that is out of order");
        }
        return CharSet.range(from, to).intersect(CharSet.ALL);
    }

    private int single(CharSet set) {
        if (set.ranges().size() != 1
                || set.ranges().getFirst().first() != set.ranges().getFirst().last()) {
            throw refused("a range of characters between classes");
        }
        return set.ranges().getFirst().first();
    }

    private CharSet classMember() {
        int c = next();
        return c == '\\' ? escape(true) : CharSet.one(c);
    }

    private CharSet escape(boolean inClass) {
        int c = next();
        if (!inClass && (c == 'b' || c == 'B')) {
            throw refused("word boundaries (\\b, \\B) are not supported");
        }
        if (!inClass && ((c >= '1' && c <= '9') || c == 'k')) {
            throw refused("back-references are not supported");
        }
        return switch (c) {
            case 'b' -> CharSet.one('\b');
            case 'x' -> CharSet.one(hex(2));
            case 'u' -> CharSet.one(unicode());
            case 'c' -> CharSet.one(next() % 32);
            case 'p', 'P' -> throw refused("Unicode properties (\\p) are not supported");
            default -> {
                CharSet known = Escapes.of(c);
                if (known == null && (Character.isLetterOrDigit(c))) {
                    throw refused("the escape \\" + Character.toString(c) + " is unknown");
                }
                yield known == null ? CharSet.one(c) : known;
            }
        };
    }

    private int unicode() {
        if (skip('{')) {
            int end = source.indexOf('}', at);
            int value = end < 0 ? -1 : hex(end - at);
            at++;
            return value;
        }
        int value = hex(4);
        if (Character.isHighSurrogate((char) value) && source.startsWith("\\u", at)) {
            at += 2;
            value = Character.toCodePoint((char) value, (char) hex(4));
        }
        if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
            throw refused("a lone surrogate is no character");
        }
        return value;
    }

    private int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            value = value * 16 + digit;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw refused("an escape without its hexadecimal digits");
            }
        }
        return value;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int peek() {
        return at < source.length() ? source.charAt(at) : -1;
    }

    private int next() {
        if (at >= source.length()) {
            throw refused("the expression ends too early");
        }
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw refused("a lone surrogate is no character");
        }
        return c;
    }

    private boolean skip(char expected) {
        boolean found = peek() == expected;
        if (found) {
            at++;
        }
        return found;
    }

    private RefusedConstraintException refused(String reason) {
        return new RefusedConstraintException(
                pointer, "regular expression, character %d: %s".formatted(at, reason));
    }
}
