package holt.worker.claim;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets the jobs that crashed workers run one at a time, beside jobs without crashes. If this worker crashes too, only one of them can be the
 * cause, and the others are not given up with it.
 */
public final class SuspectJobs {
    /** A job with this many crashes is a suspect. */
    private static final int SUSPECT = 2;

    private final Semaphore turn = new Semaphore(1);

    /** The right to run. The job gives it back by {@link #close}. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Comes before the job is claimed. Null if another suspect runs here. A job that is no suspect always has its turn. */
    @Nullable Turn tryTurn(int crashes) {
        if (crashes < SUSPECT) {
            return () -> {};
        }
        return turn.tryAcquire() ? turn::release : null;
    }
}
