/**
 * Every job of {@code holt.events}: its status, its runs, and where its outcome stands in the log.
 *
 * <p>{@link holt.api.queue.index.JobIndex} is a pure fold: two instances that have read as far hold the same. {@code JobLife} has the table
 * of statuses and events. {@link holt.api.queue.index.ReadOutcome} reads an outcome from the log or the object store.
 *
 * <p>Easy to get wrong: the first {@code Finished} in log order is the outcome. Later ones change nothing.
 *
 * <p>Does not know: jobs that still wait inside an instance; clients; how a job gets to the broker.
 */
@NullMarked
package holt.api.queue.index;

import org.jspecify.annotations.NullMarked;
