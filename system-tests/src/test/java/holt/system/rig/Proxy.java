package holt.system.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The network before a server on this machine. It passes bytes on, delays them, swallows them, or breaks. */
public final class Proxy implements AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int CHUNKS_ON_THE_WAY = 64;
    private static final Duration CHECK_EVERY = Duration.ofMillis(5);

    private final int port = Ports.free();
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean paused;
    private volatile Duration delay = Duration.ZERO;
    private @Nullable ServerSocket listening;

    /** Bytes in transit. An empty chunk is the end of the stream. */
    private record Chunk(byte[] bytes, long due) {}

    /** @param target the server's port */
    Proxy(int target) {
        this.target = target;
        pass();
    }

    int port() {
        return port;
    }

    /** Repairs the network. */
    public synchronized void pass() {
        paused = false;
        delay = Duration.ZERO;
        if (listening == null) {
            try {
                var server = new ServerSocket();
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
                listening = server;
                Thread.ofVirtual().name("proxy").start(() -> accept(server));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Breaks every connection and refuses new ones. */
    public synchronized void cut() {
        if (listening != null) {
            close(listening);
            listening = null;
        }
        open.forEach(Proxy::close);
    }

    /** Accepts connections and passes no byte on. */
    public void pause() {
        paused = true;
    }

    /** Delays every byte, in each direction. */
    public void delay(Duration each) {
        delay = each;
    }

    @Override
    public void close() {
        cut();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.startVirtualThread(() -> connect(server, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(ServerSocket server, Socket client) {
        open.add(client);
        try {
            var there = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(there);
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            pump(client, there);
            pump(there, client);
            if (server.isClosed()) {
                // The network broke meanwhile.
                close(client);
                close(there);
            }
        } catch (IOException e) {
            open.remove(client);
            close(client);
        }
    }

    /** One direction: one thread reads, another writes the chunks that are due. */
    private void pump(Socket from, Socket to) {
        BlockingQueue<Chunk> way = new ArrayBlockingQueue<>(CHUNKS_ON_THE_WAY);
        Thread.startVirtualThread(() -> {
            try {
                read(from, way);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread.startVirtualThread(() -> {
            try {
                write(to, way);
            } catch (IOException broken) {
                // This ends the other direction, too.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.remove(from);
                open.remove(to);
                close(from);
                close(to);
            }
        });
    }

    private void read(Socket from, BlockingQueue<Chunk> way) throws InterruptedException {
        byte[] buffer = new byte[CHUNK];
        int count;
        do {
            try {
                count = from.getInputStream().read(buffer);
            } catch (IOException broken) {
                count = -1;
            }
            byte[] bytes = Arrays.copyOf(buffer, Math.max(0, count));
            way.put(new Chunk(bytes, System.nanoTime() + delay.toNanos()));
        } while (count >= 0);
    }

    private void write(Socket to, BlockingQueue<Chunk> way)
            throws IOException, InterruptedException {
        for (Chunk chunk = way.take(); chunk.bytes.length > 0; chunk = way.take()) {
            LockSupport.parkNanos(chunk.due - System.nanoTime());
            while (paused && !to.isClosed()) {
                LockSupport.parkNanos(CHECK_EVERY.toNanos());
            }
            to.getOutputStream().write(chunk.bytes);
        }
    }

    private static void close(AutoCloseable it) {
        try {
            it.close();
        } catch (Exception e) {
            // It is closed either way.
        }
    }
}
