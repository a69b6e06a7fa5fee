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
 * The connection of a request whose body has been read and that nobody else reads from until it is answered.
 *
 * @param leaving whether this service is about to stop
 */
record ClientConnection(SocketWrapperBase<?> socket, Response response, BooleanSupplier leaving) {
    static final String ATTRIBUTE = ClientConnection.class.getName();

    static ClientConnection of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection) {
            return connection;
        }
        throw new IllegalStateException("every request has its connection");
    }

    /**
     * Whether the client closed, reset or half-closed it. A byte that is there belongs to the client's next request and is given back.
     */
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

    /** Ends request and connection without an answer, as the container does when a write fails. */
    void abort() {
        response.action(ActionCode.CLOSE_NOW, new EOFException("the client has gone"));
    }
}
