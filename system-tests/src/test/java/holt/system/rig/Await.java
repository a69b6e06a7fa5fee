package holt.system.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a test is about, and no longer than a minute. */
public final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new AssertionError("waited too long");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
