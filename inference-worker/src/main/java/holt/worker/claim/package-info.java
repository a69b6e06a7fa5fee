/**
 * Slots that claim jobs from a share group. Each holds one job by a lease until the job is settled.
 *
 * <p>Easy to get wrong: acknowledge last. An acknowledgement does not fence a stale worker, the claim id does.
 *
 * <p>Knows of engines only that a {@code ModelRunner} runs tasks. It builds no protocol records of its own.
 */
@NullMarked
package holt.worker.claim;

import org.jspecify.annotations.NullMarked;
