package holt.api.queue;

import holt.protocol.JobId;
import java.util.concurrent.CompletableFuture;

/**
 * What a client gets for its request.
 *
 * @param accepted done when the job is sure to be run, or was before; fails with a {@link holt.api.RequestRejectedException} if it will not be.
 *     For a job that waits for its turn in front of the queue it is done at once: its client is told everything
 * @param leave to be called when the client has gone; it is told nothing more, and a job that nobody else waits for is cancelled unless it
 *     outlives its client
 */
public record Ticket(JobId id, CompletableFuture<Void> accepted, Runnable leave) {}
