package holt.protocol;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Draws ids that nobody can guess: 128 random bits as 32 hexadecimal digits. */
public final class RandomIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    public static String draw() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
