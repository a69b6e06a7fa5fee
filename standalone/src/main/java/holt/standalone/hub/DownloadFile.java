package holt.standalone.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import okhttp3.Response;

/**
 * Downloads one file. It has the ending {@code .part} until it is complete and checked. After a lost connection, this run or a later one
 * resumes the download.
 */
final class DownloadFile {
    private static final int BUFFER = 1 << 16;

    private final HubClient hub;
    private final HubModel model;
    private final String commit;
    private final Progress progress;
    private final RetryHub retries;

    DownloadFile(
            HubClient hub, HubModel model, String commit, Progress progress, RetryHub retries) {
        this.hub = hub;
        this.model = model;
        this.commit = commit;
        this.progress = progress;
        this.retries = retries;
    }

    /** How many bytes of the file an earlier run has downloaded. */
    static long arrived(HubFile file, Path target) throws IOException {
        if (Files.exists(target)) {
            return file.size();
        }
        Path part = part(target);
        long size = Files.exists(part) ? Files.size(part) : 0;
        return size > file.size() ? 0 : size;
    }

    /**
     * Returns when the file is complete.
     *
     * @throws HubException if the hub does not deliver it
     */
    void download(HubFile file, Path target) throws InterruptedException {
        int failures = 0;
        boolean damaged = false;
        while (true) {
            Path part = part(target);
            long had = 0;
            try {
                if (Files.exists(target)) {
                    return;
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                had = arrived(file, target);
                fetch(file, part, had);
                if (Checksum.fits(file, part)) {
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    progress.complete(file);
                    return;
                }
                discard(part);
                if (damaged) {
                    throw new HubException(
                            file.path() + " arrived damaged twice: its checksum is not the hub's");
                }
                damaged = true;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                failures = sizeOf(part) > had ? 1 : failures + 1;
                if (failures == RetryHub.FAILURES_IN_A_ROW) {
                    throw new HubException(
                            "could not download %s: %s. Run the same command again to resume"
                                    .formatted(file.path(), HubClient.reason(e)),
                            e);
                }
                retries.pause(failures, e);
            }
        }
    }

    private void fetch(HubFile file, Path part, long had) throws IOException {
        if (had == file.size() && Files.exists(part)) {
            return;
        }
        try (Response response = hub.open(model, commit, file, had)) {
            String range = response.header("Content-Range", "");
            boolean goesOn =
                    response.code() == 206
                            && range != null
                            && range.startsWith("bytes " + had + "-");
            if (response.code() != 200 && !goesOn) {
                discard(part);
                throw new IOException("HTTP " + response.code());
            }
            if (!goesOn) {
                progress.add(-had);
            }
            append(file, part, goesOn ? had : 0, response.body().byteStream());
        }
    }

    private void append(HubFile file, Path part, long had, InputStream from) throws IOException {
        long size = had;
        try (OutputStream to =
                Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        had > 0
                                ? StandardOpenOption.APPEND
                                : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                size += read;
                progress.add(read);
                if (size > file.size()) {
                    throw new HubException(file.path() + " is longer than the hub says");
                }
            }
        }
        if (size < file.size()) {
            throw new IOException("the connection ended early");
        }
    }

    private void discard(Path part) throws IOException {
        progress.add(-sizeOf(part));
        Files.deleteIfExists(part);
    }

    private static long sizeOf(Path part) {
        return part.toFile().length();
    }

    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }
}
