package holt.standalone.embedded;

import holt.store.StoreKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file with the store's keys, in lines that a shell can read ({@code HOLT_S3_ACCESS_KEY=...}). Only its owner can read it. */
public final class KeyFile {
    public static final String ACCESS = "HOLT_S3_ACCESS_KEY";
    public static final String SECRET = "HOLT_S3_SECRET_KEY";

    private KeyFile() {}

    /** Reads the keys. Without a file, draws keys and writes it. */
    public static StoreKeys readOrCreate(Path file) {
        if (!Files.exists(file)) {
            create(file);
        }
        return read(file);
    }

    /** @throws CannotStartException if the file is unreadable or lacks a key */
    public static StoreKeys read(Path file) {
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new CannotStartException("cannot read the key file " + file + ": " + e, e);
        }
        @Nullable String access = lines.getProperty(ACCESS);
        @Nullable String secret = lines.getProperty(SECRET);
        if (access == null || secret == null) {
            throw new CannotStartException(
                    "the key file %s must have the lines %s=... and %s=..."
                            .formatted(file, ACCESS, SECRET));
        }
        return new StoreKeys(access, secret);
    }

    /** Writes a draft and moves it into place, so that a crash leaves no incomplete key. */
    private static void create(Path file) {
        String lines = "%s=%s%n%s=%s%n".formatted(ACCESS, "holt-" + random(4), SECRET, random(32));
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(
                    draft,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, lines);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int bytes) {
        byte[] drawn = new byte[bytes];
        new SecureRandom().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
