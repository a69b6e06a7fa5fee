package holt.api.queue;

import holt.api.queue.waiting.ReplyListener;
import org.jspecify.annotations.Nullable;

/** Takes jobs and tells their clients what becomes of them. */
public interface JobQueue {
    /**
     * Registers the client and publishes the job, or joins one that has the same key. Returns at once; the listener is told everything later,
     * a failure to publish and the passing of the deadline included, as a {@link holt.protocol.Outcome.Failed}.
     *
     * @param client null if nobody waits
     * @throws holt.api.RequestRejectedException if too many clients wait, the instance drains, the broker is known to be away, or the key
     *     belongs to another request
     */
    Ticket submit(NewJob job, @Nullable ReplyListener client);
}
