package holt.api.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** HMAC-SHA256 over key and expiry. Every API instance derives the same secret from the object store's secret key. */
final class SignFiles {
    private static final byte[] LABEL = "holt file urls 1".getBytes(US_ASCII);

    private final SecretKey secret;

    /** @param storeSecret the secret key of the object store */
    SignFiles(String storeSecret) {
        var derivation =
                HKDFParameterSpec.ofExtract()
                        .addIKM(storeSecret.getBytes(UTF_8))
                        .thenExpand(LABEL, 32);
        try {
            secret = KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The signature, in lower-case hexadecimal digits.
     *
     * @param expires seconds since 1970
     */
    String sign(String key, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal((expires + " " + key).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares in constant time. */
    boolean isSignature(String signature, String key, long expires) {
        return MessageDigest.isEqual(
                signature.getBytes(UTF_8), sign(key, expires).getBytes(US_ASCII));
    }
}
