package holt.engine.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * GPT-2's alphabet of byte-level vocabularies. A byte that Latin-1 can print is that character. The other bytes are the
 * characters from U+0100 on, in order.
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

    /** The bytes that a piece spells. A piece with other characters gives its UTF-8 bytes. */
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
