package holt.grammar.automaton;

import java.util.Arrays;

/**
 * The table of a JSON string in UTF-8: its states and the bytes between them. Escapes are whole, surrogates come in pairs,
 * and there are no invalid bytes.
 */
final class JsonCharacters {
    static final int START = 0;
    static final int BODY = 1; // between two characters
    static final int END = 2;
    static final int STATES = 22;

    private static final int ESCAPE = 3;
    private static final int HEX_1 = 4; // four digits are missing
    private static final int HEX_D = 5; // the first digit is D
    private static final int HEX_2 = 6;
    private static final int HEX_3 = 7;
    private static final int HEX_4 = 8;
    private static final int HIGH_3 = 9; // of a high surrogate
    private static final int HIGH_4 = 10;
    private static final int LOW = 11; // the escape of a low surrogate follows
    private static final int LOW_U = 12;
    private static final int LOW_1 = 13;
    private static final int LOW_2 = 14;
    private static final int LAST_1 = 15; // one byte is missing
    private static final int AFTER_E0 = 16;
    private static final int LAST_2 = 17;
    private static final int AFTER_ED = 18;
    private static final int AFTER_F0 = 19;
    private static final int LAST_3 = 20;
    private static final int AFTER_F4 = 21;

    private static final int[][] NEXT = new int[STATES][256];

    /** Bytes to the next {@link #BODY}, by state. */
    private static final int[] DISTANCE = {
        1, 0, 0, 1, 4, 3, 3, 2, 1, 8, 7, 6, 5, 4, 3, 1, 2, 2, 2, 3, 3, 3
    };

    static {
        for (int[] row : NEXT) {
            Arrays.fill(row, Lexeme.REJECT);
        }
        NEXT[START]['"'] = BODY;
        bytes(BODY, 0x20, 0x7F, BODY);
        NEXT[BODY]['"'] = END;
        NEXT[BODY]['\\'] = ESCAPE;
        bytes(BODY, 0xC2, 0xDF, LAST_1);
        bytes(BODY, 0xE0, 0xE0, AFTER_E0);
        bytes(BODY, 0xE1, 0xEF, LAST_2);
        bytes(BODY, 0xED, 0xED, AFTER_ED);
        bytes(BODY, 0xF0, 0xF0, AFTER_F0);
        bytes(BODY, 0xF1, 0xF3, LAST_3);
        bytes(BODY, 0xF4, 0xF4, AFTER_F4);
        bytes(LAST_1, 0x80, 0xBF, BODY);
        bytes(LAST_2, 0x80, 0xBF, LAST_1);
        bytes(LAST_3, 0x80, 0xBF, LAST_2);
        bytes(AFTER_E0, 0xA0, 0xBF, LAST_1);
        bytes(AFTER_ED, 0x80, 0x9F, LAST_1);
        bytes(AFTER_F0, 0x90, 0xBF, LAST_2);
        bytes(AFTER_F4, 0x80, 0x8F, LAST_2);
        characters(ESCAPE, "\"\\/bfnrt", BODY);
        NEXT[ESCAPE]['u'] = HEX_1;
        characters(HEX_1, "0123456789abcefABCEF", HEX_2);
        characters(HEX_1, "dD", HEX_D);
        characters(HEX_D, "01234567", HEX_3);
        characters(HEX_D, "89abAB", HIGH_3);
        hex(HEX_2, HEX_3);
        hex(HEX_3, HEX_4);
        hex(HEX_4, BODY);
        hex(HIGH_3, HIGH_4);
        hex(HIGH_4, LOW);
        NEXT[LOW]['\\'] = LOW_U;
        NEXT[LOW_U]['u'] = LOW_1;
        characters(LOW_1, "dD", LOW_2);
        characters(LOW_2, "cdefCDEF", HEX_3);
    }

    private JsonCharacters() {}

    static int next(int state, int octet) {
        return NEXT[state][octet];
    }

    /** The number of bytes to {@link #BODY}. */
    static int distance(int state) {
        return DISTANCE[state];
    }

    /** The least byte that leads nearer to {@link #BODY}. */
    static int nearer(int state) {
        for (int octet = 0; octet < 256; octet++) {
            int next = NEXT[state][octet];
            if (next >= 0 && DISTANCE[next] == DISTANCE[state] - 1) {
                return octet;
            }
        }
        throw new IllegalStateException("state " + state);
    }

    private static void bytes(int state, int first, int last, int next) {
        Arrays.fill(NEXT[state], first, last + 1, next);
    }

    private static void characters(int state, String characters, int next) {
        characters.chars().forEach(each -> NEXT[state][each] = next);
    }

    private static void hex(int state, int next) {
        characters(state, "0123456789abcdefABCDEF", next);
    }
}
