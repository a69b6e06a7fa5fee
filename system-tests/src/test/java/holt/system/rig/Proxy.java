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

/** A stretch of network before a server on this machine: it lets bytes pass, holds them up, or breaks. */
public final class Proxy implements AutoCloseable {
    private static final int CHUNK = 64 << 10;
    private static final int CHUNKS_ON_THE_WAY = 64;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final int port = Ports.free();
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean paused;
    private volatile Duration delay = Duration.ZERO;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;
    private @Nullable ServerSocket listening;

    /** Bytes on their way; none at the end of the stream. */
    private record Chunk(byte[] bytes, long due) {}

    /** @param target the server's port */
    Proxy(int target) {
        this.target = target;
        pass();
    }

    int port() {
        return port;
    }

    /** All is well (again). */
    public synchronized void pass() {
        paused = false;
        delay = Duration.ZERO;
        bytesPerSecond = Integer.MAX_VALUE;
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

    /** Every connection breaks, and new ones are refused. */
    public synchronized void cut() {
        if (listening != null) {
            close(listening);
            listening = null;
        }
        open.forEach(Proxy::close);
    }

    /** Connections stand and are accepted, but nothing comes through. */
    public void pause() {
        paused = true;
    }

    /** Every byte takes that long, in each direction. */
    public void delay(Duration each) {
        delay = each;
    }

    /** So many bytes pass in a second, on each connection and in each direction. */
    public void throttle(int bytes) {
        bytesPerSecond = bytes;
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
                // Cut while it was being made.
                close(client);
                close(there);
            }
        } catch (IOException e) {
            open.remove(client);
            close(client);
        }
    }

    /** One direction: a thread that reads, and one that writes what is due. */
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
                // The other direction ends with it.
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
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            to.getOutputStream().write(chunk.bytes);
            LockSupport.parkNanos(chunk.bytes.length * 1_000_000_000L / bytesPerSecond);
        }
    }

    private static void close(AutoCloseable it) {
        try {
            it.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
