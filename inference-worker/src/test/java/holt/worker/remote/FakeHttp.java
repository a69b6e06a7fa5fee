package holt.worker.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP/1.1 server for fakes of engines, which can break its answers off and speak WebSocket. Each connection carries one request. */
public final class FakeHttp implements AutoCloseable {
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Answers a request. What it leaves open is closed. */
    @FunctionalInterface
    public interface Handler {
        void answer(Exchange exchange) throws IOException;
    }

    /**
     * One request and its connection.
     *
     * @param target path and query
     * @param headers by their names in lower case
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Exchange(
            String method, String target, Map<String, String> headers, byte[] body, Socket socket) {
        public String path() {
            return URI.create(target).getPath();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** A whole answer. */
        public void json(int status, String json) throws IOException {
            bytes(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        /** A whole answer. */
        public void bytes(int status, String type, byte[] bytes) throws IOException {
            head(status, type, "Content-Length: " + bytes.length);
            write(bytes);
        }

        /** Sends the client elsewhere. */
        public void redirect(String location) throws IOException {
            head(302, "text/plain", "Content-Length: 0\r\nLocation: " + location);
        }

        /** Begins an answer of chunks. */
        public void begin(String type) throws IOException {
            head(200, type, "Transfer-Encoding: chunked");
        }

        public void chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            write(bytes);
            write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        /** Ends an answer of chunks. */
        public void end() throws IOException {
            write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        /** Waits until the client has closed the connection. */
        public void awaitClosed() {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // Nothing more is expected.
                }
            } catch (IOException e) {
                // It is closed.
            }
        }

        /** Accepts a WebSocket. */
        public void upgrade() throws IOException {
            String key = headers.get("sec-websocket-key") + ACCEPT_SALT;
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-1")
                                .digest(key.getBytes(StandardCharsets.US_ASCII));
                write(
                        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Accept: "
                                        + Base64.getEncoder().encodeToString(hash)
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Sends a frame of a WebSocket: 1 is text, 2 is binary; less 0x80 if more of it follows. */
        public void frame(int opcode, byte[] payload) throws IOException {
            var frame = new ByteArrayOutputStream();
            frame.write(0x80 + opcode);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else {
                frame.write(126);
                frame.write(payload.length >> 8);
                frame.write(payload.length);
            }
            frame.writeBytes(payload);
            write(frame.toByteArray());
        }

        private void head(int status, String type, String framing) throws IOException {
            write(
                    ("HTTP/1.1 "
                                    + status
                                    + " Fake\r\nContent-Type: "
                                    + type
                                    + "\r\nConnection: close\r\n"
                                    + framing
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        private void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Handler handler;
    private volatile ServerSocket server;
    private volatile Thread accepting = Thread.currentThread();

    public FakeHttp(Handler handler) throws IOException {
        this.handler = handler;
        server = listen(0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Closes all connections, and refuses new ones. */
    public void stop() throws IOException {
        server.close();
        try {
            // Only then is the port refused.
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Listens on the same port again. */
    public void startAgain() throws IOException {
        server = listen(server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        stop();
        threads.shutdownNow();
    }

    private ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        accepting = Thread.ofPlatform().daemon().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // The server is stopped.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            handler.answer(read(socket));
        } catch (IOException | UncheckedIOException e) {
            // The client is gone, or the fake breaks off.
        } finally {
            open.remove(socket);
        }
    }

    private static Exchange read(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] request = line(in).split(" ");
        if (request.length < 2) {
            throw new IOException("no request");
        }
        var headers = new TreeMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Exchange(request[0], request[1], headers, body, socket);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
