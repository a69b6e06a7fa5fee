/**
 * Claims jobs from the queues and serves each of them in a slot.
 *
 * <p>Easy to get wrong: the log decides who owns a run. Only the first {@code Started} of a run counts ({@link
 * holt.worker.claim.RunOwners}). A record is accepted once that event is confirmed, long before its job ends.
 *
 * <p>Knows of engines only that a {@code ModelRunner} runs tasks. It builds no protocol records of its own.
 */
@NullMarked
package holt.worker.claim;

import org.jspecify.annotations.NullMarked;
