package holt.engine;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a model and computes in steps, and the inbox through which all others talk to it.
 *
 * @param <J> what it is asked to do
 */
public abstract class EngineThread<J> implements Engine {
    private static final Logger log = LoggerFactory.getLogger(EngineThread.class);

    /** What is done on the thread, but for {@link #leave}. */
    public interface Work<J> {
        /** Comes first. */
        void begin();

        void accept(J job);

        /** Ends a request, if there is one with that id. */
        void cancel(String id);

        boolean isIdle();

        /** Computes a little; not called when idle. */
        void step(Progress progress);

        /** Comes last: ends what is left, and frees the model. */
        void end();

        /** Tells that a job was never begun, because the engine has been closed; on any thread. */
        void leave(J job);
    }

    /** What a step tells of itself. */
    public interface Progress {
        /** The model has done a step; before anyone is told what came of it. */
        void stepped();

        /** A part of a step that may take long is over. */
        void made();
    }

    /** What others want of the thread. */
    private sealed interface Order<J> {
        record Run<J>(J job) implements Order<J> {}

        record Cancel<J>(String id) implements Order<J> {}

        record Stop<J>() implements Order<J> {}
    }

    private final String model;
    private final Work<J> work;
    private final LinkedBlockingQueue<Order<J>> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean stopping; // the thread's own

    // Written by the thread, read by all.
    private volatile long steps;
    private volatile long progressAt = System.nanoTime();
    private volatile boolean idle = true;
    private volatile boolean closed;

    /** @param model its name */
    protected EngineThread(String model, Work<J> work) {
        this.model = model;
        this.work = work;
        this.thread = Thread.ofPlatform().name("engine-" + model).daemon().unstarted(this::serve);
    }

    /** Lets the thread begin; before anything is handed in. */
    protected final void begin() {
        thread.start();
    }

    protected final boolean isClosed() {
        return closed;
    }

    /** Hands a job in; does not wait. */
    protected final void enter(J job) {
        if (closed) {
            work.leave(job);
            return;
        }
        inbox.add(new Order.Run<>(job));
        if (!thread.isAlive()) {
            leaveAll(); // closed in between
        }
    }

    @Override
    public final void cancel(String id) {
        inbox.add(new Order.Cancel<>(id));
    }

    @Override
    public final long stepsDone() {
        return steps;
    }

    @Override
    public final Duration sinceProgress() {
        return idle ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - progressAt);
    }

    @Override
    public final void close() {
        closed = true;
        inbox.add(new Order.Stop<>());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the model must not be freed under the thread's feet
            }
        }
        leaveAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread has ended; whoever notices tells those that it never got to. */
    private void leaveAll() {
        for (Order<J> order = inbox.poll(); order != null; order = inbox.poll()) {
            if (order instanceof Order.Run<J>(J job)) {
                work.leave(job);
            }
        }
    }

    private void serve() {
        var progress =
                new Progress() {
                    @Override
                    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
                    public void stepped() {
                        steps++;
                    }

                    @Override
                    public void made() {
                        progressAt = System.nanoTime();
                    }
                };
        work.begin();
        while (!stopping) {
            drainInbox(progress);
            if (!stopping && !work.isIdle()) {
                work.step(progress);
                progress.made();
            }
        }
        work.end();
    }

    /** Takes what has come; waits for something if there is nothing to compute. */
    private void drainInbox(Progress progress) {
        if (work.isIdle()) {
            idle = true;
            obey(take());
            progress.made();
            idle = false;
        }
        for (Order<J> order = inbox.poll(); order != null; order = inbox.poll()) {
            obey(order);
        }
    }

    private Order<J> take() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                log.atWarn()
                        .addKeyValue("model", model)
                        .log("Interrupt ignored; the engine ends by close()");
            }
        }
    }

    private void obey(Order<J> order) {
        switch (order) {
            case Order.Run<J>(J job) -> work.accept(job);
            case Order.Cancel<J>(String id) -> work.cancel(id);
            case Order.Stop<J>() -> stopping = true;
        }
    }
}
