package holt.engine.decoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process, native memory included; Linux only. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** What it takes now. */
    public static long bytes() {
        try {
            String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
            return Long.parseLong(pages) * 4096;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
