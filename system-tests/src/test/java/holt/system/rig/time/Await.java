package holt.system.rig.time;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, for a minute at most. */
public final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration CHECK_EVERY = Duration.ofMillis(10);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - started > LONGEST.toNanos()) {
                throw new AssertionError("the condition did not hold within " + LONGEST);
            }
            LockSupport.parkNanos(CHECK_EVERY.toNanos());
        }
    }

    /** Waits for a result, as long as its maker does. */
    public static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
