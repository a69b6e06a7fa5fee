/**
 * From a job to the HTTP answer: at once when it has ended, or, for {@code Prefer: respond-async}, 202 and {@code /v1/jobs/{id}} on any
 * instance.
 *
 * <p>Easy to get wrong: a client that leaves cancels its job, unless it sent an {@code Idempotency-Key} or asked for an asynchronous answer.
 *
 * <p>Does not know what a chat or an image is: each feature renders its own outcomes ({@link holt.api.jobs.RenderOutcome}). Does not know
 * Kafka.
 */
@NullMarked
package holt.api.jobs;

import org.jspecify.annotations.NullMarked;
