package holt.system.rig.time;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, for a minute at most if the test does not say how long. */
public final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration CHECK_EVERY = Duration.ofMillis(10);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        until(LONGEST, condition);
    }

    public static void until(Duration longest, BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - started > longest.toNanos()) {
                throw new AssertionError("the condition did not hold within " + longest);
            }
            LockSupport.parkNanos(CHECK_EVERY.toNanos());
        }
    }

    /** Waits for a result, as long as its maker does. */
    public static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
