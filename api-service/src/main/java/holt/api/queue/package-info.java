/**
 * From a valid request to its one outcome: publishes the job, keeps the waiting client, follows replies and events.
 *
 * <p>Its rooms: {@code placement} decides which job goes to the broker, when and where; {@code index} knows every job of the log and how it
 * ended; {@code waiting} holds the clients and hands them their replies. The rooms do not know this package, which joins them.
 *
 * <p>Easy to get wrong: register the client <em>before</em> its job is published.
 *
 * <p>Does not know HTTP, JSON bodies or server-sent events.
 */
@NullMarked
package holt.api.queue;

import org.jspecify.annotations.NullMarked;
