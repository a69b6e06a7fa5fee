package holt.api.http;

import jakarta.servlet.ServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The client's connection, while its request waits for an answer. The body has been read, and nobody else reads from the socket.
 *
 * @param stopping whether this service is about to stop
 */
public record ClientConnection(
        SocketWrapperBase<?> socket, Response response, BooleanSupplier stopping) {
    public static final String ATTRIBUTE = ClientConnection.class.getName();

    static ClientConnection of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection) {
            return connection;
        }
        throw new IllegalStateException("The connector has not given this request its connection");
    }

    boolean isStopping() {
        return stopping.getAsBoolean();
    }

    /** Whether the client has closed, reset or half-closed the connection. A byte that it reads belongs to the next request and is given back. */
    boolean isGone() {
        ByteBuffer one = ByteBuffer.allocate(1);
        try {
            if (socket.read(false, one) > 0) {
                socket.unRead(one.flip());
            }
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    /** Ends request and connection without an answer, as Tomcat does when a write fails. */
    void abort() {
        response.action(ActionCode.CLOSE_NOW, new EOFException("the client has gone"));
    }
}
