package holt.worker.claim;

import java.util.concurrent.CompletableFuture;

/**
 * Runs the jobs that crashed workers one at a time, beside jobs without crashes. If this worker crashes too, only one of them can be the
 * cause, and the others are not given up with it.
 */
public final class SuspectJobs {
    /** A job with this many crashes is a suspect. */
    private static final int SUSPECT = 2;

    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * A place in the line. The job leaves it by {@link #close}.
     *
     * @param comes completes when all earlier suspects have left; may be cancelled
     */
    record Turn(CompletableFuture<?> comes, CompletableFuture<Void> left) implements AutoCloseable {
        @Override
        public void close() {
            left.complete(null);
        }
    }

    /** A job that is no suspect does not wait. */
    synchronized Turn turn(int crashes) {
        if (crashes < SUSPECT) {
            return new Turn(CompletableFuture.completedFuture(null), new CompletableFuture<>());
        }
        var turn = new Turn(last.copy(), new CompletableFuture<>());
        last = CompletableFuture.allOf(last, turn.left);
        return turn;
    }
}
