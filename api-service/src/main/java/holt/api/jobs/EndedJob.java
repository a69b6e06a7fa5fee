package holt.api.jobs;

import holt.protocol.Asked;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job with its outcome.
 *
 * @param asked how its client asked; null if nothing is unusual
 */
public record EndedJob(
        JobId id, ModelName model, Instant created, Outcome outcome, @Nullable Asked asked) {
    /** What its client calls the model. */
    public String askedModel() {
        return asked == null || asked.model() == null ? model.value() : asked.model();
    }

    /** Null: what the outcome usually has. */
    public Asked.@Nullable Form form() {
        return asked == null ? null : asked.form();
    }
}
