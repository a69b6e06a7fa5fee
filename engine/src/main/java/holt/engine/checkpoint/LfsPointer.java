package holt.engine.checkpoint;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The few lines that a clone without Git LFS has in place of a large file. */
public final class LfsPointer {
    private static final byte[] BEGINNING =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private LfsPointer() {}

    /**
     * Refuses a pointer. Any other file passes.
     *
     * @throws UnloadableModelException if the file is a pointer or cannot be read
     */
    public static void refuse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING)) {
                throw new UnloadableModelException(
                        file + " is a Git LFS pointer; run git lfs pull");
            }
        } catch (IOException e) {
            throw new UnloadableModelException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
