package holt.api.responses;

import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Asked;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders the outcome of a response. */
@Component
final class RenderResponse implements RenderOutcome {
    @Override
    public @Nullable Object body(EndedJob job, String base) {
        return job.form() instanceof Asked.Form.Response form ? body(job, Repeated.of(form)) : null;
    }

    /** Null if the outcome is a failure. */
    static @Nullable ResponseBody body(EndedJob job, Repeated repeated) {
        return job.outcome() instanceof Outcome.ChatCompleted completed
                ? ResponseBody.completed(
                        job.id(),
                        job.created(),
                        repeated,
                        ResponseBody.output(job.id(), completed, repeated.names()),
                        completed)
                : null;
    }
}
