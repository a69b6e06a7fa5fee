package holt.api.chat;

import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders the outcome of a chat. */
@Component
final class RenderChat implements RenderOutcome {
    @Override
    public @Nullable Object body(EndedJob job, String base) {
        if (job.form() != null || !(job.outcome() instanceof Outcome.ChatCompleted completed)) {
            return null;
        }
        String tier = job.asked() == null ? null : job.asked().serviceTier();
        return ChatReply.of(
                ChatEnvelope.of(job.id(), job.askedModel(), tier, job.created()), completed);
    }
}
