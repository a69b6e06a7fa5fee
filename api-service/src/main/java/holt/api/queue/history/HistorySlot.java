package holt.api.queue.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one instance's history. Instances can share a directory: each takes a folder that no other process uses, if possible one
 * of the same log.
 *
 * <pre>
 * lock       locked while a process uses the folder; the kernel unlocks it when that process dies
 * identity   of which log and in which form the database is
 * damaged    only there if the database was found to be damaged
 * db/        the database
 * snapshot/  only there while a snapshot is stored or fetched
 * </pre>
 */
final class HistorySlot implements AutoCloseable {
    private static final int MOST = 100;

    private final Path folder;
    private final FileChannel lock;

    private HistorySlot(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes a folder.
     *
     * @param identity preferred
     * @throws IllegalStateException that names the setting, if the directory cannot be used
     */
    static HistorySlot take(Path directory, String identity) {
        try {
            Files.createDirectories(directory);
            List<Path> folders =
                    Stream.iterate(0, i -> i + 1)
                            .limit(MOST)
                            .map(i -> directory.resolve(String.valueOf(i)))
                            .sorted(Comparator.comparing(folder -> !identity.equals(read(folder))))
                            .toList();
            for (Path folder : folders) {
                HistorySlot slot = tryTake(folder);
                if (slot != null) {
                    return slot;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "holt.history.directory: "
                            + directory.toAbsolutePath()
                            + " cannot be used for the history of jobs: "
                            + e,
                    e);
        }
        throw new IllegalStateException(
                "holt.history.directory: other processes use all folders of "
                        + directory.toAbsolutePath());
    }

    Path database() {
        return folder.resolve("db");
    }

    Path damaged() {
        return folder.resolve("damaged");
    }

    /** Where a snapshot's files lie until it is stored, or until it is the database. */
    Path checkpoint() {
        return folder.resolve("snapshot");
    }

    /** Makes the fetched snapshot the database. */
    void takeSnapshot(String identity) {
        try {
            Files.move(checkpoint(), database());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        identify(identity);
    }

    Path folder() {
        return folder;
    }

    /** The identity of the database; null if there is none. */
    @Nullable String identity() {
        return read(folder);
    }

    /** Deletes the database. A process that dies meanwhile leaves one without an identity. */
    void clear() {
        try {
            Files.deleteIfExists(folder.resolve("identity"));
            delete(database());
            delete(checkpoint());
            Files.deleteIfExists(damaged());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says of which log the database is. */
    void identify(String identity) {
        try {
            Files.writeString(folder.resolve("identity"), identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable HistorySlot tryTake(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (lock(channel)) {
            return new HistorySlot(folder, channel);
        }
        channel.close();
        return null;
    }

    /** For a lock that this process itself holds, the JDK throws instead of returning null. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static @Nullable String read(Path folder) {
        Path identity = folder.resolve("identity");
        try {
            return Files.exists(identity) ? Files.readString(identity) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
