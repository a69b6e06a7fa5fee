/**
 * The clients of this instance that wait for an answer, and the replies that reach them.
 *
 * <p>Easy to get wrong: the instance drops replies of an older claim. Only who removes a client from
 * {@link holt.api.queue.waiting.WaitingClients} ends it, so that it gets one outcome. Nothing on the reply thread may block.
 *
 * <p>Does not know: how a job gets to the broker; HTTP.
 */
@NullMarked
package holt.api.queue.waiting;

import org.jspecify.annotations.NullMarked;
