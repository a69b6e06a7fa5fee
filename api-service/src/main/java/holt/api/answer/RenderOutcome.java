package holt.api.answer;

import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A feature's way to show what its jobs came to. */
public interface RenderOutcome {
    /**
     * The body of a successful answer.
     *
     * @return null if the outcome is another feature's, or a failure
     */
    @Nullable Object body(JobId job, ModelName model, Instant created, Outcome outcome);
}
