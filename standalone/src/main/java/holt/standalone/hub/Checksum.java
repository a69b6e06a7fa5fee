package holt.standalone.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compares a downloaded file with the hub's checksum. */
final class Checksum {
    private Checksum() {}

    /** Compares with the SHA-256, else with git's blob id. Without both, every file fits; the caller checks the size. */
    static boolean fits(HubFile file, Path arrived) throws IOException {
        if (file.sha256() != null) {
            return file.sha256().equals(digest(start("SHA-256"), arrived));
        }
        if (file.gitId() != null) {
            MessageDigest git = start("SHA-1");
            git.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.UTF_8));
            return file.gitId().equals(digest(git, arrived));
        }
        return true;
    }

    private static String digest(MessageDigest digest, Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest start(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
