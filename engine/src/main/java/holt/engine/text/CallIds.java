package holt.engine.text;

import holt.engine.text.tools.CallFamily;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The ids of tool calls. The same call in the same conversation always has the same id, so that a stream can go on in another process. */
final class CallIds {
    /** The templates of Mistral refuse ids of any other length. */
    private static final int SHORT = 9;

    private CallIds() {}

    static String of(CallFamily family, List<ChatTurn> turns, int choice, int index) {
        byte[] hash = hash(turns + "/" + choice + "/" + index);
        return switch (family) {
            case MISTRAL -> shorten(new BigInteger(1, hash).toString(Character.MAX_RADIX));
            case HERMES, LLAMA, JSON -> "call_" + HexFormat.of().formatHex(hash, 0, 12);
        };
    }

    /** Nine letters and digits of an id. Nine letters and digits stay as they are. */
    static String shorten(String id) {
        String plain = "0".repeat(SHORT) + id.replaceAll("[^A-Za-z0-9]", "");
        return plain.substring(plain.length() - SHORT);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
