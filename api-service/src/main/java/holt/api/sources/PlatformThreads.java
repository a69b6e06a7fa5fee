package holt.api.sources;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads for work that computes, or waits inside of the system: on a virtual thread it would keep all others from running. */
final class PlatformThreads implements AutoCloseable {
    private final ExecutorService threads;

    /** @param most at once; what comes more waits its turn */
    PlatformThreads(String name, int most) {
        threads =
                Executors.newFixedThreadPool(
                        most, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Waits for the task's result.
     *
     * @param atMost its turn and the task together
     * @throws TimeoutException when that is over, or the caller was interrupted
     * @throws ExecutionException around what the task threw
     */
    <T> T run(Callable<T> task, Duration atMost) throws TimeoutException, ExecutionException {
        Future<T> result = threads.submit(task);
        try {
            return result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        } finally {
            result.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
