/**
 * Decides which job goes to the broker, when, and to which partition of its queue; writes it there, and revokes it.
 *
 * <p>Easy to get wrong: nothing here may block, except where a method says so.
 */
@NullMarked
package holt.api.queue.placement;

import org.jspecify.annotations.NullMarked;
