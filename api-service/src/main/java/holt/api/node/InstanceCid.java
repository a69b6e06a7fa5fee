package holt.api.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The default cid of this instance. In a container it is the container's id, as {@code docker ps} shows it. Elsewhere it is a random id, which
 * the data directory keeps, and the port, since instances on one machine may share that directory.
 */
final class InstanceCid {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** Docker and Podman mount a container's host name from a folder with the container's id as its name. */
    private static final Pattern CONTAINER =
            Pattern.compile(
                    "/(?:overlay-)?containers/([0-9a-f]{12})[0-9a-f]{52}/(?:userdata/)?hostname /etc/hostname ");

    private static final int DRAWN_BYTES = 6;
    private static final int LONGEST = 64;

    private InstanceCid() {}

    /**
     * Returns the same cid at each start.
     *
     * @param data the data directory, created if it is missing
     * @param port the setting, 0 for any free port
     * @throws IllegalStateException outside of a container, if the data directory cannot be written
     */
    static String find(Path data, int port) {
        return containerIn(mounts()).orElseGet(() -> kept(data) + "-" + port);
    }

    /** @param mounts the lines of {@code /proc/self/mountinfo} */
    static Optional<String> containerIn(String mounts) {
        Matcher container = CONTAINER.matcher(mounts);
        return container.find() ? Optional.of(container.group(1)) : Optional.empty();
    }

    /** Locks the file, so that two instances that start together keep one id. */
    static String kept(Path data) {
        Path file = data.resolve("node-cid");
        try {
            Files.createDirectories(data);
            try (var channel =
                            FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
                channel.read(bytes);
                String kept = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
                if (!kept.isEmpty()) {
                    return kept;
                }
                String drawn = draw();
                channel.write(ByteBuffer.wrap(drawn.getBytes(StandardCharsets.US_ASCII)), 0);
                return drawn;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "holt.node.cid: required, since the data directory cannot keep a random one: "
                            + e);
        }
    }

    private static String draw() {
        byte[] drawn = new byte[DRAWN_BYTES];
        new SecureRandom().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static String mounts() {
        try {
            return Files.exists(MOUNTS) ? Files.readString(MOUNTS) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
