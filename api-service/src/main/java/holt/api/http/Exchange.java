package holt.api.http;

import holt.api.RequestRejectedException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP request and its answer, which a virtual thread writes later. No thread waits in between. An exchange ends once: with an answer,
 * or because its client has gone.
 *
 * <p>The lock guards the connection. While the exchange is open, {@link #probe} may read from it. After that the connection belongs to
 * Tomcat, which may already use it for the next request.
 *
 * <p>A failed write makes Tomcat end the request on a thread of its own, while the writer still uses Tomcat's objects. If Tomcat reused
 * them at once, the next request's answer would fail silently with this one's error. So the error listener waits for the writer.
 */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final ClientConnection connection;
    private final Runnable gone;
    private final AtomicBoolean left = new AtomicBoolean();
    private final Lock lock = new ReentrantLock();
    private final Lock writer = new ReentrantLock();
    private State state = State.WAITING;

    private enum State {
        WAITING,
        WRITING,
        OVER
    }

    Exchange(HttpServletRequest request, HttpServletResponse response, Runnable gone) {
        this.request = request;
        this.response = response;
        this.gone = gone;
        connection = ClientConnection.of(request);
        async = request.startAsync(request, response);
        // The job's deadline limits the time.
        async.setTimeout(0);
        async.addListener(new Watch());
    }

    /** Writes the whole answer, status 200, and ends the exchange. Returns at once. */
    public void answer(Object body) {
        end(() -> Answers.json(request, response, 200, body));
    }

    /** Writes an error and ends the exchange. Returns at once. */
    public void fail(RequestRejectedException rejected) {
        end(() -> Answers.failure(request, response, rejected));
    }

    /** Lets a virtual thread write the answer and end the exchange. Does nothing if the exchange has ended. Returns at once. */
    public void end(Answer answer) {
        if (move(State.WAITING, State.WRITING)) {
            Thread.startVirtualThread(() -> write(answer));
        }
    }

    private void write(Answer answer) {
        writer.lock();
        try {
            if (isOver()) {
                return;
            }
            writeOrRefuse(answer);
            if (move(State.WRITING, State.OVER)) {
                async.complete();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("client left before its answer was written");
            abort(State.WRITING);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("requestId", RequestStamp.of(request).id())
                    .setCause(e)
                    .log("answer could not be written; the connection is closed");
            abort(State.WRITING);
        } finally {
            writer.unlock();
        }
    }

    private void writeOrRefuse(Answer answer) throws IOException {
        try {
            answer.write();
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            Answers.failure(request, response, AnswerFailures.rejection(e, request));
        }
    }

    /** Ends the exchange if the client has gone and nobody is writing to it. */
    void probe() {
        lock.lock();
        try {
            if (state == State.OVER || !connection.isGone()) {
                return;
            }
            abort(State.WAITING);
        } finally {
            lock.unlock();
        }
        leave();
    }

    boolean isOver() {
        lock.lock();
        try {
            return state == State.OVER;
        } finally {
            lock.unlock();
        }
    }

    private void abort(State from) {
        lock.lock();
        try {
            if (state == from) {
                state = State.OVER;
                connection.abort();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean move(State from, State to) {
        lock.lock();
        try {
            boolean moves = state == from;
            state = moves ? to : state;
            return moves;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            gone.run();
        }
    }

    /** Writes an answer to the client. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Writes the whole answer.
         *
         * @throws RuntimeException before anything is written, if the client shall get an error as from a controller
         * @throws ClientGoneException to end the exchange in silence
         */
        void write() throws IOException;
    }

    private final class Watch implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            leave();
            writer.lock();
            try {
                over();
            } finally {
                writer.unlock();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}

        private void over() {
            lock.lock();
            try {
                state = State.OVER;
            } finally {
                lock.unlock();
            }
        }
    }
}
