package holt.api.queue;

import holt.api.queue.waiting.ReplyListener;
import org.jspecify.annotations.Nullable;

/** Takes jobs and gives their clients the replies. */
public interface JobQueue {
    /**
     * Registers the client and publishes the job, or joins the job that has the same key. Returns at once. The listener gets everything
     * later. If the broker does not confirm the job, or the deadline passes, it gets a {@link holt.protocol.Outcome.Failed}.
     *
     * @param client null if nobody waits
     * @throws holt.api.RequestRejectedException if too many clients wait, the broker is away, or the key belongs to another request
     */
    Ticket submit(NewJob job, @Nullable ReplyListener client);
}
