package holt.api.keys;

import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a caller sends: {@code hk-<id>-<secret>}. The id is no secret. The secret has 256 random bits, so a plain digest protects it.
 */
record KeySecret(String id, String text) {
    private static final Pattern FORM = Pattern.compile("hk-([0-9a-f]{12})-[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Draws a new secret for the key. */
    static KeySecret draw(String id) {
        return new KeySecret(
                id,
                "hk-"
                        + id
                        + "-"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
    }

    static String drawId() {
        return HexFormat.of().formatHex(bytes(6));
    }

    /** Empty if the text has another form. */
    static Optional<KeySecret> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new KeySecret(matcher.group(1), text))
                : Optional.empty();
    }

    /** The SHA-256 digest of the whole text, in hexadecimal digits. */
    String digest() {
        return digest(text);
    }

    static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether two digests are equal. It takes equally long whatever they are. */
    static boolean same(String digest, String other) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII),
                other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "hk-" + id + "-...";
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
