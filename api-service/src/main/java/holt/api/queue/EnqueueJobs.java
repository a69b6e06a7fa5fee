package holt.api.queue;

import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.publish.SendJobs;
import holt.protocol.Job;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Brings jobs to their queues. A job whose client waits may wait in this instance. An asynchronous job must not be lost with the instance:
 * unless its turn is now, it goes to the durable part of the line.
 *
 * <p>The futures are done once the broker has the job. They fail with a {@link holt.api.RequestRejectedException}, and are cancelled with the
 * job.
 */
final class EnqueueJobs {
    private final PlaceJobs place;
    private final SendJobs send;

    EnqueueJobs(PlaceJobs place, SendJobs send) {
        this.place = place;
        this.send = send;
    }

    CompletableFuture<Void> enqueue(Job job, boolean async) {
        return enqueue(job, async, send::send, send::keep);
    }

    /** Enqueues a job whose key this instance has claimed. If that fails, the key begins a new job. */
    CompletableFuture<Void> enqueueKeyed(Job job, boolean async) {
        CompletableFuture<Void> sent = enqueue(job, async, send::sendKeyed, send::keepKeyed);
        var _ =
                sent.exceptionally(_ -> {
                    if (!sent.isCancelled()) {
                        send.revoke(job);
                    }
                    return null;
                });
        return sent;
    }

    private CompletableFuture<Void> enqueue(
            Job job,
            boolean async,
            Function<Job, CompletableFuture<Void>> queue,
            Function<Job, CompletableFuture<Void>> keep) {
        if (!async) {
            return place.add(job, queue);
        }
        CompletableFuture<Void> sent = place.addIfFirst(job, queue);
        return sent != null ? sent : keep.apply(job);
    }
}
