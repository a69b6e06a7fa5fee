package holt.api.queue.index;

import holt.protocol.Asked;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended, and how its client asked.
 *
 * @param asked null if nothing is unusual
 */
public record JobResult(Outcome outcome, @Nullable Asked asked) {}
