package holt.grammar.regex;

import org.jspecify.annotations.Nullable;

/** The sets of characters that an escape names, as in ECMAScript. */
final class Escapes {
    static final CharSet LINE_ENDS = CharSet.anyOf("\n\r\u2028\u2029");

    private static final CharSet DIGITS = CharSet.range('0', '9');
    private static final CharSet WORD =
            DIGITS.union(CharSet.range('a', 'z'))
                    .union(CharSet.range('A', 'Z'))
                    .union(CharSet.one('_'));
    private static final CharSet SPACE =
            CharSet.anyOf("\t\n\u000B\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF")
                    .union(CharSet.range(0x2000, 0x200A));

    private Escapes() {}

    /** @return null if the escape stands for the character itself, or for nothing */
    static @Nullable CharSet of(int letter) {
        return switch (letter) {
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.complement();
            case 'w' -> WORD;
            case 'W' -> WORD.complement();
            case 's' -> SPACE;
            case 'S' -> SPACE.complement();
            case 'n' -> CharSet.one('\n');
            case 'r' -> CharSet.one('\r');
            case 't' -> CharSet.one('\t');
            case 'f' -> CharSet.one('\f');
            case 'v' -> CharSet.one(0x0B);
            case '0' -> CharSet.one(0);
            default -> null;
        };
    }
}
