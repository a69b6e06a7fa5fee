package holt.api.sources;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bounded pool of platform threads, for work that computes or blocks in native code. On virtual threads it would block the others. */
final class PlatformThreads implements AutoCloseable {
    private final ExecutorService threads;

    /** @param most tasks that run at once; more tasks queue */
    PlatformThreads(String name, int most) {
        threads =
                Executors.newFixedThreadPool(
                        most, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Runs the task and waits for its result.
     *
     * @param atMost limit of the time in the queue and the run together
     * @throws TimeoutException if the time is over or the caller is interrupted
     * @throws ExecutionException around the task's own exception
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
