package holt.api.chat;

import holt.api.http.Exchange;
import holt.protocol.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers a chat in one piece, once its outcome is known. */
final class AnswerChat {
    private AnswerChat() {}

    static void whenDone(CompletableFuture<Outcome> outcome, ChatHead head, Exchange exchange) {
        var _ = outcome.whenComplete((done, overdue) -> answer(done, head, exchange));
    }

    /** @param outcome null when the queue did not keep the deadline */
    private static void answer(@Nullable Outcome outcome, ChatHead head, Exchange exchange) {
        switch (outcome) {
            case null -> exchange.fail(Failures.overdue());
            case Outcome.ChatCompleted completed -> exchange.answer(ChatReply.of(head, completed));
            case Outcome.Failed failed -> exchange.fail(Failures.of(failed));
            case Outcome.Cancelled cancelled -> exchange.fail(Failures.cancelled());
            case Outcome.Stored stored -> exchange.fail(Failures.unresolved());
        }
    }
}
