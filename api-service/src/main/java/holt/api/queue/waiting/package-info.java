/**
 * The clients of this instance that wait for an answer, and the replies that reach them.
 *
 * <p>Easy to get wrong: replies of an older claim are dropped; whoever removes a client from {@link holt.api.queue.waiting.WaitingClients}
 * answers it, so that there is one answer. Nothing on the reply thread may block.
 */
@NullMarked
package holt.api.queue.waiting;

import org.jspecify.annotations.NullMarked;
