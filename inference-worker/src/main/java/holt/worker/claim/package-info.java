/**
 * Slots that claim jobs from a share group, one at a time, and hold each by a lease until it is settled.
 *
 * <p>Easy to get wrong: acknowledge last; an acknowledgement is no fence, a claim id is.
 */
@NullMarked
package holt.worker.claim;

import org.jspecify.annotations.NullMarked;
