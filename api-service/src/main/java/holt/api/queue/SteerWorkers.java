package holt.api.queue;

import holt.protocol.WorkerId;
import java.util.concurrent.CompletableFuture;

/** Tells single workers what to do. */
@FunctionalInterface
public interface SteerWorkers {
    /**
     * Lets a worker claim no more jobs, or lets it claim again.
     *
     * @return completes when the command is safe
     */
    CompletableFuture<?> drain(WorkerId worker, boolean drain);
}
