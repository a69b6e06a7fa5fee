package holt.api.chat;

import holt.api.answer.RenderOutcome;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows what a chat came to. */
@Component
final class RenderChat implements RenderOutcome {
    @Override
    public @Nullable Object body(JobId job, ModelName model, Instant created, Outcome outcome) {
        return outcome instanceof Outcome.ChatCompleted completed
                ? ChatReply.of(ChatHead.of(job, model, created), completed)
                : null;
    }
}
