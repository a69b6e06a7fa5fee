package holt.worker.remote.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file of what an engine prints, which may hold prompts, so no log of Holt has it. A full file becomes {@code .1}, and a new one begins. */
final class EngineLog {
    private final Path file;
    private final long most;

    /** @param most bytes of a file */
    EngineLog(Path file, long most) {
        this.file = file;
        this.most = most;
    }

    Path file() {
        return file;
    }

    /** Copies all to the file, until the stream ends. */
    void copy(InputStream printed) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] bytes = new byte[8192];
        long size = Files.exists(file) ? Files.size(file) : 0;
        OutputStream out = open();
        try {
            for (int read = printed.read(bytes); read >= 0; read = printed.read(bytes)) {
                if (size + read > most) {
                    out.close();
                    Files.move(
                            file,
                            file.resolveSibling(file.getFileName() + ".1"),
                            StandardCopyOption.REPLACE_EXISTING);
                    out = open();
                    size = 0;
                }
                out.write(bytes, 0, read);
                out.flush();
                size += read;
            }
        } finally {
            out.close();
        }
    }

    private OutputStream open() throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
}
