package holt.engine.loop;

import holt.engine.Engine;
import holt.engine.RequestId;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a model and runs its batch loop. Other threads talk to it through its inbox.
 *
 * @param <R> the request type
 */
public abstract class EngineThread<R extends ActiveRequest> implements Engine {
    private static final Logger log = LoggerFactory.getLogger(EngineThread.class);

    private sealed interface Command<R extends ActiveRequest> {
        record Accept<R extends ActiveRequest>(Submission<R> submission) implements Command<R> {}

        record Cancel<R extends ActiveRequest>(RequestId id) implements Command<R> {}

        record CutShort<R extends ActiveRequest>(RequestId id) implements Command<R> {}

        record Stop<R extends ActiveRequest>() implements Command<R> {}
    }

    private final String model;
    private final BatchLoop<R> loop;
    private final LinkedBlockingQueue<Command<R>> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean stopping; // only the thread uses it

    // Written by the thread, read by all.
    private volatile long steps;
    private volatile long progressAt = System.nanoTime();
    private volatile boolean idle = true;

    private volatile boolean closed;

    /** @param model its name */
    protected EngineThread(String model, BatchLoop<R> loop) {
        this.model = model;
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("engine-" + model).daemon().unstarted(this::run);
    }

    /** Starts the thread. Call it before the first {@link #enqueue}. */
    protected final void startThread() {
        thread.start();
    }

    protected final boolean isClosed() {
        return closed;
    }

    /** Hands a submission to the thread and returns at once. */
    protected final void enqueue(Submission<R> submission) {
        if (closed) {
            loop.discard(submission);
            return;
        }
        inbox.add(new Command.Accept<>(submission));
        if (!thread.isAlive()) {
            discardAll(); // the engine was closed meanwhile
        }
    }

    @Override
    public final void cancel(RequestId id) {
        inbox.add(new Command.Cancel<>(id));
    }

    /** Ends a request with what it has. Does nothing if the request is unknown or has ended. */
    public final void cutShort(RequestId id) {
        inbox.add(new Command.CutShort<>(id));
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
        inbox.add(new Command.Stop<>());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the thread still uses the model
            }
        }
        discardAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what the thread has not taken. Called after the thread has ended. */
    private void discardAll() {
        for (Command<R> command = inbox.poll(); command != null; command = inbox.poll()) {
            if (command instanceof Command.Accept<R>(Submission<R> submission)) {
                loop.discard(submission);
            }
        }
    }

    private void run() {
        var progress =
                new Progress() {
                    @Override
                    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
                    public void stepDone() {
                        steps++;
                    }

                    @Override
                    public void partDone() {
                        progressAt = System.nanoTime();
                    }
                };
        loop.start();
        while (!stopping) {
            drainInbox(progress);
            if (!stopping && !loop.isIdle()) {
                loop.step(progress);
                progress.partDone();
            }
        }
        loop.stop();
    }

    /** Handles all commands. Waits for one if there is nothing to compute. */
    private void drainInbox(Progress progress) {
        if (loop.isIdle()) {
            idle = true;
            handle(take());
            progress.partDone();
            idle = false;
        }
        for (Command<R> command = inbox.poll(); command != null; command = inbox.poll()) {
            handle(command);
        }
    }

    private Command<R> take() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                log.atWarn()
                        .addKeyValue("model", model)
                        .log("Interrupt ignored; only close() ends the engine");
            }
        }
    }

    private void handle(Command<R> command) {
        switch (command) {
            case Command.Accept<R>(Submission<R> submission) -> loop.accept(submission);
            case Command.Cancel<R>(RequestId id) -> loop.cancel(id);
            case Command.CutShort<R>(RequestId id) -> loop.cutShort(id);
            case Command.Stop<R>() -> stopping = true;
        }
    }
}
