package holt.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events to one client. Flushes each event. One thread uses it, and a write blocks while the client does not read. A failed
 * write means that the client has gone.
 */
public final class EventStream {
    private static final byte[] PING = utf8(": ping\n\n");
    private static final byte[] DATA = utf8("data: ");
    private static final byte[] ERROR = utf8("event: error\ndata: ");
    private static final byte[] END = utf8("\n\n");

    private final OutputStream out;
    private final ClientConnection connection;

    private EventStream(OutputStream out, ClientConnection connection) {
        this.out = out;
        this.connection = connection;
    }

    /** Sends status and headers. From then on a failure can only be an event. */
    public static EventStream open(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(200);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        RequestStamp.of(request).writeTo(response);
        response.flushBuffer();
        return new EventStream(response.getOutputStream(), ClientConnection.of(request));
    }

    /** Sends one event with the data as JSON on one line. */
    public void send(Object data) throws IOException {
        write(DATA, Json.write(data), END);
    }

    /** Sends one event with its name. */
    public void send(String name, Object data) throws IOException {
        write(utf8("event: " + name + "\n"), DATA, Json.write(data), END);
    }

    /** Sends one event with its name, and an id that a client names when it comes back. */
    public void send(String name, String id, Object data) throws IOException {
        write(utf8("event: " + name + "\nid: " + id + "\n"), DATA, Json.write(data), END);
    }

    /** Whether this service is about to stop. */
    public boolean isStopping() {
        return connection.isStopping();
    }

    public void ping() throws IOException {
        write(PING);
    }

    /** Ends a stream that succeeded. */
    public void done() throws IOException {
        write(DATA, utf8("[DONE]"), END);
    }

    /** Ends a stream that failed. */
    public void fail(ErrorBody error) throws IOException {
        write(ERROR, Json.write(error), END);
    }

    private void write(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
