/**
 * What this API instance writes to the broker: jobs, their events, cancels and dead letters. Also here: who ends a job that no worker ends.
 *
 * <p>{@link holt.api.queue.publish.PublishJobs} is the only class that makes events. {@link holt.api.queue.publish.HoldRecords} keeps
 * trying while the broker is in trouble, {@link holt.api.queue.publish.Breakers} knows which topic partitions are, and
 * {@link holt.api.queue.publish.SendJobs} gives up what the broker does not confirm. {@link holt.api.queue.publish.RevokeJobs} repeats a cancel until the job's deadline.
 *
 * <p>Easy to get wrong: a producer completes its futures on its own thread. Nothing that may block runs there.
 *
 * <p>Does not know: lines and windows, which placement has; idempotency keys; HTTP.
 */
@NullMarked
package holt.api.queue.publish;

import org.jspecify.annotations.NullMarked;
