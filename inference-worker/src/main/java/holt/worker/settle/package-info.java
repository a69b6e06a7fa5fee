/**
 * Makes a job's outcome final: stores what is too large for a record, then publishes the reply and {@code Finished}, another attempt, or a
 * dead letter. Also returns jobs from the retry topics to their queues, and ends those whose queue is gone.
 *
 * <p>Easy to get wrong: each method's future completes when the broker has all records. The run has ended only then.
 *
 * <p>Knows neither slots nor claims of a queue.
 */
@NullMarked
package holt.worker.settle;

import org.jspecify.annotations.NullMarked;
