/**
 * From a valid request to its one outcome. This package has the queue's public face ({@link holt.api.queue.JobQueue},
 * {@link holt.api.queue.TrackJobs}) and joins its rooms, which do not know it:
 *
 * <ul>
 *   <li>{@code placement} decides which job goes to the broker, when and where;
 *   <li>{@code publish} writes jobs, events and cancels, and ends jobs that no worker ends;
 *   <li>{@code index} knows every job of the log and where its outcome stands;
 *   <li>{@code waiting} holds the clients and gives them their replies.
 * </ul>
 *
 * <p>Easy to get wrong: register the client <em>before</em> its job is published.
 *
 * <p>Does not know: HTTP, JSON bodies, server-sent events.
 */
@NullMarked
package holt.api.queue;

import org.jspecify.annotations.NullMarked;
