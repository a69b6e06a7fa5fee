package holt.api.edge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
public final class Await {
    /** After this time a wait counts as hung. It is far above anything that a test promises, so that a busy machine fails no test. */
    public static final Duration HUNG = Duration.ofMinutes(1);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > HUNG.toNanos()) {
                throw new AssertionError("The condition did not come true within " + HUNG);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
