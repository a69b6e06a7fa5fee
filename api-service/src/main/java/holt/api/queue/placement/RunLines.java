package holt.api.queue.placement;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives {@link ShareLines} a round whenever something has changed, on a thread of its own. */
public final class RunLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLines.class);

    /** Between two rounds. What changes meanwhile goes in one message. */
    private static final Duration PACE = Duration.ofMillis(5);

    private static final Duration AT_LEAST_EVERY = Duration.ofMillis(250);

    private final ShareLines lines;
    private final Signal changed;
    private final BooleanSupplier owner;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts.
     *
     * @param owner whether this instance owns the line
     */
    public RunLines(ShareLines lines, Signal changed, BooleanSupplier owner) {
        this.lines = lines;
        this.changed = changed;
        this.owner = owner;
        thread = Thread.ofPlatform().daemon().name("share-lines").start(this::run);
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        changed.raise();
        thread.join();
    }

    private void run() {
        try {
            do {
                changed.await(AT_LEAST_EVERY);
                round();
            } while (!closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            lines.round(owner.getAsBoolean());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .log("the order of waiting jobs was not shared; the next round follows");
        }
    }
}
