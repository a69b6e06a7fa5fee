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
 * A request whose answer is written later, on a virtual thread; until then no thread is held.
 *
 * <p>The lock guards the connection: as long as the exchange is open its reading side is ours to probe; from then on it is the container's,
 * which may already use it for another request.
 *
 * <p>A write that fails makes the container end the request on a thread of its own, while the one that wrote still leaves the container's
 * objects. If these were given to the next request at once, its answer would fail with this one's error, and without a sound. So the
 * container is held in its error listener until the writer is out.
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
        // Jobs have deadlines of their own.
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

    /** Lets a virtual thread write the answer and end the exchange, unless the client has gone. Returns at once. */
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

    /** Looks whether the client is still there; if it has gone, and nobody is writing to it, the exchange ends. */
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
         * Writes it, all of it.
         *
         * @throws RuntimeException to be told to the client as if a controller had thrown it, before anything is written
         * @throws ClientGoneException to end the exchange without a further word
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
