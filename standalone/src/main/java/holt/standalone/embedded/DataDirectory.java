package holt.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder with everything that survives a restart of a standalone Holt. Only its owner can read it, and one process at a time uses it.
 *
 * <pre>
 * holt.lock          locked while a process uses the folder; the kernel unlocks it when that process dies
 * ports.properties   the loopback ports of broker and store ({@link KeptPorts})
 * s3.env             the store's keys ({@link KeyFile})
 * node-cid           the id of this instance on communication nodes, once it is registered with one
 * kafka/  objects/   the broker's log and the store's buckets
 * history/           the API's index of all jobs, a cache of the log
 * models/            models that {@code holt pull} has downloaded
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws CannotStartException if another process uses the folder, or it is not writable */
    public static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            createForOwnerOnly(root);
            var channel =
                    FileChannel.open(
                            root.resolve("holt.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new CannotStartException(
                        "another Holt uses "
                                + root
                                + ": stop it, or choose another directory with --data DIR");
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new CannotStartException("cannot use the data directory " + root + ": " + e, e);
        }
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path objects() {
        return root.resolve("objects");
    }

    public Path keyFile() {
        return root.resolve("s3.env");
    }

    public Path portsFile() {
        return root.resolve("ports.properties");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does nothing if the folder exists. */
    public static void createForOwnerOnly(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        @Nullable Path parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(
                root,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** For a lock that this process itself holds, the JDK throws instead of returning null. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
