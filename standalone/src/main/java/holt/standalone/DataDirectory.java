package holt.standalone;

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
 * Everything that outlives a standalone Holt, in a folder that only its owner can read; held by one process at a time.
 *
 * <pre>
 * holt.lock          locked while a process works here; the kernel lets go when that process dies, however it dies
 * ports.properties   the loopback ports of broker and store ({@link KeptPorts})
 * s3.env             the store's keys ({@link KeyFile})
 * node-cid           what communication nodes call this instance, once it is registered with one
 * kafka/  objects/   the broker's log and the store's buckets
 * models/            what {@code holt pull} has brought
 * </pre>
 */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws CannotStartException when another process works there, or it cannot be written */
    static DataDirectory open(Path path) {
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
                        "Another Holt works in "
                                + root
                                + ": stop it, or give this one a directory of its own with --data DIR.");
            }
            return new DataDirectory(root, channel);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The data directory " + root + " cannot be used: " + e, e);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path keyFile() {
        return root.resolve("s3.env");
    }

    Path portsFile() {
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

    /** Does nothing if it is there. */
    static void createForOwnerOnly(Path root) throws IOException {
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

    /** A lock held by this very process shows as an exception instead of {@code null}. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
