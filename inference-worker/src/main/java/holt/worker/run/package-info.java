/**
 * Runs a claimed job on its model. Its deadline or a cancellation ends the run early.
 *
 * <p>Easy to get wrong: a job may already be cancelled or expired when it starts, or while its request is still in the object store.
 *
 * <p>Knows neither claims nor Kafka: who holds the job and who hears of its outcome is decided elsewhere.
 */
@NullMarked
package holt.worker.run;

import org.jspecify.annotations.NullMarked;
