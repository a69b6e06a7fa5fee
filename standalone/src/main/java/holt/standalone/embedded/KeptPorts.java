package holt.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that stay the same over restarts, so that signed URLs and separate workers stay valid. New ports are below 32768, where the
 * kernel takes no ports for outgoing connections. So a port is still free at the next start.
 */
public final class KeptPorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_767;
    private static final int TRIES = 1_000;

    private final Path file;
    private final Properties ports = new Properties();

    public KeptPorts(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @throws CannotStartException if the port is in use */
    public int port(String name) {
        String kept = ports.getProperty(name);
        return kept == null ? draw(name) : check(name, kept);
    }

    private int check(String name, String kept) {
        int port = Integer.parseInt(kept);
        if (!isFree(port)) {
            throw new CannotStartException(
                    "port %d for %s is in use: stop the program that uses it, or delete %s to draw new ports"
                            .formatted(port, name, file));
        }
        return port;
    }

    private int draw(String name) {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (!ports.containsValue(Integer.toString(port)) && isFree(port)) {
                keep(name, port);
                return port;
            }
        }
        throw new CannotStartException(
                "found no free port on 127.0.0.1 between " + LOWEST + " and " + HIGHEST);
    }

    private void keep(String name, int port) {
        ports.setProperty(name, Integer.toString(port));
        try (var writer = Files.newBufferedWriter(file)) {
            ports.store(writer, "Ports on 127.0.0.1, drawn at the first start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
