package holt.engine.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * The alphabet of byte-level vocabularies, as GPT-2 defined it: a byte that Latin-1 can print is that character, the others are the
 * characters from U+0100 on, in their order.
 */
final class ByteAlphabet {
    private static final int OTHERS = 0x100;
    private static final char[] CHARACTERS = new char[256];
    private static final int[] BYTES = new int[OTHERS + 256];

    static {
        int other = OTHERS;
        for (int i = 0; i < 256; i++) {
            boolean printable =
                    (i >= '!' && i <= '~') || (i >= 0xA1 && i <= 0xAC) || (i >= 0xAE && i <= 0xFF);
            CHARACTERS[i] = (char) (printable ? i : other++);
            BYTES[CHARACTERS[i]] = i;
        }
    }

    private ByteAlphabet() {}

    /** The bytes that a piece spells; one with other characters, which no such vocabulary should have, reads as it is. */
    static byte[] bytes(String piece) {
        byte[] bytes = new byte[piece.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = piece.charAt(i);
            if (c >= BYTES.length || CHARACTERS[BYTES[c]] != c) {
                return piece.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }
}
