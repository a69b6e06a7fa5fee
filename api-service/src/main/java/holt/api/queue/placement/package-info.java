/**
 * Decides which job goes to the broker, when, and to which partition of its queue.
 *
 * <p>Easy to get wrong: nothing here may block, except where a method says so. A reserved partition must be used or released.
 *
 * <p>Does not know: how a job is written to the broker, and its clients.
 */
@NullMarked
package holt.api.queue.placement;

import org.jspecify.annotations.NullMarked;
