package holt.worker.claim;

import java.util.concurrent.CompletableFuture;

/**
 * Jobs under which several workers ended are run one at a time, beside those that are above suspicion: should this worker end as well, only
 * one of them is to blame, and the others are not given up with it.
 */
public final class SuspectJobs {
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * A place in the line, to be left in the end.
     *
     * @param comes when all before have left; may be cancelled
     */
    record Turn(CompletableFuture<?> comes, CompletableFuture<Void> left) implements AutoCloseable {
        @Override
        public void close() {
            left.complete(null);
        }
    }

    synchronized Turn line() {
        var turn = new Turn(last.copy(), new CompletableFuture<>());
        last = CompletableFuture.allOf(last, turn.left);
        return turn;
    }

    /** For a job that need not wait. */
    static Turn none() {
        return new Turn(CompletableFuture.completedFuture(null), new CompletableFuture<>());
    }
}
