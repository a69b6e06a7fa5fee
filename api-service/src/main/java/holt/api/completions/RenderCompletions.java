package holt.api.completions;

import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Asked;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders the outcome of a completion. */
@Component
final class RenderCompletions implements RenderOutcome {
    @Override
    public @Nullable Object body(EndedJob job, String base) {
        return job.form() instanceof Asked.Form.Completion(boolean echo)
                        && job.outcome() instanceof Outcome.ChatCompleted completed
                ? CompletionReply.of(
                        CompletionEnvelope.of(job.id(), job.askedModel(), job.created()),
                        echo,
                        completed)
                : null;
    }
}
