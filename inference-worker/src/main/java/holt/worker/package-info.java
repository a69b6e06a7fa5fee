/**
 * Claims jobs, runs them, and settles them: {@link holt.worker.ServeUntilDrained} starts {@link holt.worker.ClaimJobs} slots, each of which
 * holds one job under a {@link holt.worker.Lease} while {@link holt.worker.RunJob} turns it into an outcome.
 *
 * <p>Easy to get wrong: a share consumer belongs to its slot's thread alone; an acknowledgement fences nothing, the claim id does; a job is
 * acknowledged only after the broker has confirmed its outcome, reply and event both.
 *
 * <p>Does not know HTTP. What it asks of the engine is in {@link holt.worker.ModelRunner}.
 */
@NullMarked
package holt.worker;

import org.jspecify.annotations.NullMarked;
