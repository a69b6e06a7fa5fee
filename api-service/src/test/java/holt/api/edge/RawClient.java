package holt.api.edge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection on which a test chooses every byte. */
public final class RawClient implements AutoCloseable {
    public final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** @param socket connected; closed with this client */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) Await.HUNG.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param headers by lower-case name; of equal names, the last one */
    public record Reply(int status, Map<String, String> headers, byte[] bytes) {
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Whether it is the last reply on its connection. */
        public boolean endsConnection() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    /** A whole request with a JSON body. */
    public static byte[] post(String path, byte[] body) {
        return post(path, "application/json", body);
    }

    /** @param contentType the type, and further headers, if any */
    public static byte[] post(String path, String contentType, byte[] body) {
        return join(
                bytes(
                        "POST "
                                + path
                                + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                + contentType
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n"),
                body);
    }

    public static byte[] chat(String body) {
        return post("/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] get(String path) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    public static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next reply after any {@code 100 Continue}. */
    public Reply reply() throws IOException {
        Reply reply = anyReply();
        return reply.status() == 100 ? reply() : reply;
    }

    private Reply anyReply() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Reply(status, headers, body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length")));
        }
        if (!headers.containsKey("transfer-encoding")) {
            boolean untilTheEnd = headers.containsKey("content-type");
            return untilTheEnd ? in.readAllBytes() : new byte[0];
        }
        var body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** One chunk of a chunked body; empty at its end. */
    public byte[] chunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    public String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed after \"" + line + "\"");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    public boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
