package holt.api.http;

import holt.api.RequestRejectedException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose answer is written later, on a virtual thread; until then no thread of the container is held. */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;

    private Exchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
        async = request.startAsync(request, response);
        // Jobs have deadlines of their own.
        async.setTimeout(0);
    }

    /** @param gone runs, possibly on a container thread, when the connection fails before the exchange has ended */
    public static Exchange begin(
            HttpServletRequest request, HttpServletResponse response, Runnable gone) {
        var exchange = new Exchange(request, response);
        exchange.async.addListener(new Watch(gone));
        return exchange;
    }

    /** Writes the whole answer, status 200, and ends the exchange. Returns at once. */
    public void answer(Object body) {
        end(() -> Answers.json(request, response, 200, body));
    }

    /** Writes an error and ends the exchange. Returns at once. */
    public void fail(RequestRejectedException rejected) {
        end(() -> Answers.failure(request, response, rejected));
    }

    /** Lets a virtual thread write the answer and end the exchange. Returns at once. */
    public void end(Answer answer) {
        Thread.startVirtualThread(() -> {
            try {
                answer.write();
            } catch (IOException e) {
                // The container has seen it too: it tells the listener and ends the exchange
                // itself.
                LOG.atDebug().setCause(e).log("client left before its answer was written");
                return;
            }
            async.complete();
        });
    }

    /** Writes an answer to the client. */
    @FunctionalInterface
    public interface Answer {
        void write() throws IOException;
    }

    private record Watch(Runnable gone) implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            gone.run();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
