/**
 * Runs tasks on the engines: one {@code ModelRunner} for each loaded model.
 *
 * <p>A runner maps a task to a request of its engine, and the engine's events to replies and one result. Replies arrive on the engine's
 * thread, which must not block.
 *
 * <p>Knows no jobs, claims, deadlines or Kafka.
 */
@NullMarked
package holt.worker.models;

import org.jspecify.annotations.NullMarked;
