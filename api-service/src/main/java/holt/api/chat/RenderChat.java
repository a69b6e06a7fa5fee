package holt.api.chat;

import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders the outcome of a chat. */
@Component
final class RenderChat implements RenderOutcome {
    /** A chat that was looked up. Its job knows neither an alias nor a tier. */
    @Override
    public @Nullable Object body(EndedJob job, String base) {
        return body(job, ChatEnvelope.of(job.id(), job.model().value(), null, job.created()));
    }

    static @Nullable Object body(EndedJob job, ChatEnvelope envelope) {
        return job.outcome() instanceof Outcome.ChatCompleted completed
                ? ChatReply.of(envelope, completed)
                : null;
    }
}
