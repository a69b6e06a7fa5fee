package holt.api.http.tomcat;

import holt.api.http.ClientConnection;
import holt.api.http.RequestStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/** Parses the requests of one connection, more strictly than Tomcat alone. */
final class HttpProcessor extends Http11Processor {
    private static final String HEADER_TOO_LARGE =
            StringManager.getManager(Http11Processor.class)
                    .getString("iib.requestheadertoolarge.error");

    private static final int QUIET_MILLIS = 200;
    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LINGER_BYTES = 64 << 20;

    private final BooleanSupplier stopping;
    private final HeaderDeadline header;
    private boolean inputLeft;
    private int refusal;

    HttpProcessor(
            AbstractHttp11Protocol<?> protocol,
            Adapter adapter,
            Duration headerTimeout,
            BooleanSupplier stopping) {
        super(protocol, adapter);
        this.stopping = stopping;
        header = new HeaderDeadline(headerTimeout, System::nanoTime);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        inputLeft = false;
        refusal = 0;
        SocketState state = super.service(socket);
        if (state == SocketState.UPGRADING && getUpgradeToken() == null) {
            // The preface of HTTP/2.
            refusal = 505;
        }
        if (refusal != 0) {
            byte[] reply = ContainerErrors.reply(refusal);
            socket.write(true, reply, 0, reply.length);
            socket.flush(true);
            linger(socket);
            return SocketState.CLOSED;
        }
        if (header.isPast(socket, state == SocketState.LONG && !isAsync())) {
            return SocketState.CLOSED;
        }
        if (state == SocketState.CLOSED && inputLeft) {
            linger(socket);
        }
        return state;
    }

    /**
     * Reads what a refused client still sends. To close on unread input would reset the connection, and the client might never see the
     * refusal.
     */
    private void linger(SocketWrapperBase<?> socket) throws IOException {
        socket.setReadTimeout(QUIET_MILLIS);
        ByteBuffer discarded = ByteBuffer.allocate(8192);
        long start = System.nanoTime();
        long taken = 0;
        int read = 0;
        while (read >= 0 && taken < LINGER_BYTES && System.nanoTime() - start < LINGER_NANOS) {
            discarded.clear();
            try {
                read = socket.read(true, discarded);
            } catch (IOException quietOrGone) {
                return;
            }
            taken += read;
        }
    }

    /**
     * Keeps requests that cannot be parsed away from Tomcat's valves. Tomcat would run them half-read, forget the first status, and answer
     * some as HTTP/0.9, without status line and headers.
     */
    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable thrown) {
        if (state == ErrorState.CLOSE_CLEAN
                && request.getAttribute(RequestStamp.ATTRIBUTE) == null) {
            if (refusal == 0) {
                refusal = isHeaderTooLarge(thrown) ? 431 : response.getStatus();
            }
            super.setErrorState(ErrorState.CLOSE_NOW, thrown);
            return;
        }
        inputLeft = inputLeft || (state == ErrorState.CLOSE_CLEAN && !isRequestBodyFullyRead());
        super.setErrorState(state, thrown);
    }

    /** Tomcat itself reports this as 400, like any header that it cannot parse. */
    private static boolean isHeaderTooLarge(@Nullable Throwable thrown) {
        return thrown instanceof IllegalArgumentException
                && HEADER_TOO_LARGE.equals(thrown.getMessage());
    }

    /** Tomcat's last step before it hands the request over. */
    @Override
    protected void parseHost(@Nullable MessageBytes host) {
        super.parseHost(host);
        // A request line without a version is HTTP/0.9. If a request has two lengths, Tomcat
        // ignores
        // one. Attackers smuggle requests that way.
        if (request.protocol().getLength() == 0
                || (request.getHeader("Transfer-Encoding") != null && declaresLength())) {
            response.setStatus(400);
            setErrorState(ErrorState.CLOSE_CLEAN, null);
        } else if (refusal == 0) {
            var stamp = RequestStamp.draw(request.getHeader("X-Request-Id"));
            request.setAttribute(RequestStamp.ATTRIBUTE, stamp);
            request.setAttribute(
                    ClientConnection.ATTRIBUTE,
                    new ClientConnection(socketWrapper, response, stopping));
            response.setHeader(RequestStamp.HEADER, stamp.id());
        }
    }

    /** Searches the header's bytes. The parsed header has lost the length by now. */
    private boolean declaresLength() {
        ByteBuffer read = ((Http11InputBuffer) request.getInputBuffer()).getByteBuffer();
        var header = new byte[read.position()];
        read.get(0, header);
        return new String(header, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains("\ncontent-length:");
    }
}
