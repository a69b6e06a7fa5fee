package holt.api.queue;

import holt.protocol.ModelName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A model's queue now.
 *
 * @param slots of all live workers
 * @param queued jobs in the queue that no worker has started, of all instances
 * @param held jobs that wait in the instances for their turn
 * @param newJobWaits how long a new job waits; null if that is unknown
 */
public record QueueState(
        ModelName model, int slots, long queued, long held, @Nullable Duration newJobWaits) {

    /** Jobs that come before a new one. */
    long ahead() {
        return queued + held;
    }
}
