/**
 * From a job to the HTTP answer. A waiting client gets the result. {@code Prefer: respond-async} gets 202, and any instance then answers
 * {@code /v1/jobs/{id}}.
 *
 * <p>Easy to get wrong: a client that leaves cancels its job, unless it sent an {@code Idempotency-Key} or asked for an asynchronous answer.
 *
 * <p>Does not know: chats and images, since each feature renders its own outcomes ({@link holt.api.jobs.RenderOutcome}); Kafka.
 */
@NullMarked
package holt.api.jobs;

import org.jspecify.annotations.NullMarked;
