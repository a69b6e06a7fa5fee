package holt.tls;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Checks PEM files before their use, so that the error names the setting. */
public final class PemFile {
    private PemFile() {}

    /**
     * Checks that the file holds certificates.
     *
     * @param setting that names the file
     * @return the file's location for Spring Boot
     * @throws IllegalArgumentException if it holds none
     */
    public static String certificates(String setting, String file) {
        return check(setting, file, "certificates", PemContent::getCertificates);
    }

    /**
     * Checks that the file holds a private key.
     *
     * @param setting that names the file
     * @return the file's location for Spring Boot
     * @throws IllegalArgumentException if it holds none, or one with a password
     */
    public static String privateKey(String setting, String file) {
        return check(setting, file, "a private key without a password", PemContent::getPrivateKey);
    }

    private interface Content {
        @Nullable Object of(PemContent file);
    }

    private static String check(String setting, String file, String expected, Content content) {
        String problem = file.isEmpty() ? "unset" : problem(file, content);
        if (problem != null) {
            throw new IllegalArgumentException(
                    "%s: a PEM file with %s expected, not \"%s\" (%s)"
                            .formatted(setting, expected, file, problem));
        }
        return "file:" + Path.of(file).toAbsolutePath();
    }

    private static @Nullable String problem(String file, Content content) {
        try {
            return content.of(PemContent.load(Path.of(file))) == null ? "there is none" : null;
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return e.toString();
        }
    }
}
