package holt.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Timer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What every timer does. */
public abstract class TimerContract {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATER = Duration.ofMillis(50);

    protected abstract Timer timer();

    /** Lets that time pass. */
    protected abstract void pass(Duration time);

    @Test
    void actionsRunInOrderOfTheirTime() {
        Queue<String> ran = new ConcurrentLinkedQueue<>();
        timer().after(LATER, () -> ran.add("later"));
        timer().after(SOON, () -> ran.add("soon"));

        awaiting(() -> ran.size() == 2);

        assertThat(ran).containsExactly("soon", "later");
    }

    @Test
    void aCancelledActionDoesNotRun() {
        Queue<String> ran = new ConcurrentLinkedQueue<>();
        Future<?> cancelled = timer().after(SOON, () -> ran.add("cancelled"));
        cancelled.cancel(false);
        timer().after(LATER, () -> ran.add("other"));

        awaiting(() -> !ran.isEmpty());

        assertThat(ran).containsExactly("other");
    }

    @Test
    void aSeriesGoesOnAfterAnException() {
        var runs = new AtomicInteger();
        timer().every(
                        SOON,
                        () -> {
                            runs.incrementAndGet();
                            throw new IllegalStateException("a bug");
                        });

        awaiting(() -> runs.get() >= 3);
    }

    private void awaiting(BooleanSupplier condition) {
        Await.until(() -> {
            pass(SOON);
            return condition.getAsBoolean();
        });
    }
}
