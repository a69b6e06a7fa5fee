package holt.api.queue;

import holt.protocol.JobId;
import java.util.concurrent.CompletableFuture;

/**
 * What the submitter of a job gets.
 *
 * @param accepted done once the job is sure to be run; fails with a {@link holt.api.RequestRejectedException} if it will not be. A job that
 *     waits inside the instance for its turn has it done at once, since its client gets every failure as an outcome
 * @param leave to be called when the client has gone. The client gets nothing more. This cancels the job, unless the job outlives its client
 */
public record Ticket(JobId id, CompletableFuture<Void> accepted, Runnable leave) {}
