/**
 * Decides which job goes to the broker, and when. {@link holt.api.queue.placement.PlaceJobs} has a line and a window for each model: which job
 * is next, and how many may go. {@link holt.api.queue.placement.ReadWaiting} feeds the line from its durable part, {@code holt.waiting}.
 *
 * <p>Easy to get wrong: nothing here may block, except on the threads that {@code FindQueues} and {@code ReadWaiting} have for it. Futures
 * complete outside the lock.
 *
 * <p>Does not know: how a job is written to the broker, and its clients.
 */
@NullMarked
package holt.api.queue.placement;

import org.jspecify.annotations.NullMarked;
