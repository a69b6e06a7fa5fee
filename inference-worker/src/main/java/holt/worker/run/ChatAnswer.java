package holt.worker.run;

import holt.engine.EngineFailure;
import holt.engine.text.TextEvent;
import holt.engine.text.sampling.TokenScores;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the engine says of one chat, as replies and an outcome. Owned by the engine's thread. */
final class ChatAnswer {
    private final Task.Chat chat;
    private final Consumer<Reply> replies;
    private final EngineTrouble trouble;
    private final List<Choice> choices;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** One answer as it grows. */
    private static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private final List<TokenLogprobs> logprobs = new ArrayList<>();
    }

    ChatAnswer(Task.Chat chat, Consumer<Reply> replies, EngineTrouble trouble) {
        this.chat = chat;
        this.replies = replies;
        this.trouble = trouble;
        this.choices = IntStream.range(0, chat.answers()).mapToObj(_ -> new Choice()).toList();
    }

    /** Completed by the engine's last word. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void on(TextEvent event) {
        switch (event) {
            case TextEvent.Started _ -> {}
            case TextEvent.Delta delta -> add(delta);
            case TextEvent.Finished finished -> outcome.complete(completed(finished));
            case TextEvent.Failed(EngineFailure failure) ->
                    outcome.complete(trouble.outcome(failure));
            case TextEvent.Cancelled _ -> outcome.complete(new Outcome.Cancelled());
        }
    }

    private void add(TextEvent.Delta delta) {
        List<TokenLogprobs> logprobs = delta.scores().stream().map(ChatAnswer::logprobs).toList();
        Choice choice = choices.get(delta.choice());
        choice.text.append(delta.text());
        choice.logprobs.addAll(logprobs);
        if (chat.stream() && !outcome.isDone()) {
            replies.accept(
                    new Reply.TextDelta(
                            delta.text(),
                            delta.tokens(),
                            choices.size() == 1 ? null : delta.choice(),
                            ifWanted(logprobs)));
        }
    }

    private Outcome completed(TextEvent.Finished finished) {
        var ended = new ArrayList<Outcome.Choice>();
        for (int i = 0; i < choices.size(); i++) {
            var reason =
                    switch (finished.reasons().get(i)) {
                        case STOP -> Outcome.FinishReason.STOP;
                        case LENGTH -> Outcome.FinishReason.LENGTH;
                    };
            Choice choice = choices.get(i);
            ended.add(
                    new Outcome.Choice(choice.text.toString(), reason, ifWanted(choice.logprobs)));
        }
        return Outcome.ChatCompleted.of(
                ended,
                new Outcome.Usage(
                        finished.promptTokens(),
                        finished.completionTokens(),
                        finished.cachedTokens()));
    }

    private @Nullable List<TokenLogprobs> ifWanted(List<TokenLogprobs> logprobs) {
        return chat.topLogprobs() == null ? null : logprobs;
    }

    private static TokenLogprobs logprobs(TokenScores scores) {
        return new TokenLogprobs(
                logprob(scores.chosen()), scores.top().stream().map(ChatAnswer::logprob).toList());
    }

    private static TokenLogprobs.TokenLogprob logprob(TokenScores.ScoredToken scored) {
        return new TokenLogprobs.TokenLogprob(
                scored.token().text(), scored.logprob(), scored.token().bytes());
    }
}
