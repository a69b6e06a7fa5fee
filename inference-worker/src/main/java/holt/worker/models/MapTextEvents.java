package holt.worker.models;

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

/** Maps the engine's events of one chat to replies and a result. Only the engine's thread calls it. */
final class MapTextEvents implements Consumer<TextEvent> {
    private final Task.Chat chat;
    private final Consumer<Reply> replies;
    private final EngineFailures failures;
    private final List<Choice> choices;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    /** One answer while it grows. */
    private static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private final List<TokenLogprobs> logprobs = new ArrayList<>();
    }

    MapTextEvents(Task.Chat chat, Consumer<Reply> replies, EngineFailures failures) {
        this.chat = chat;
        this.replies = replies;
        this.failures = failures;
        this.choices = IntStream.range(0, chat.answers()).mapToObj(_ -> new Choice()).toList();
    }

    /** Completes with the engine's last event. */
    CompletableFuture<RunResult> result() {
        return result;
    }

    @Override
    public void accept(TextEvent event) {
        switch (event) {
            case TextEvent.Started _ -> {}
            case TextEvent.Delta delta -> add(delta);
            case TextEvent.Reasoning _, TextEvent.ToolCallPart _ -> {} // the protocol has neither
            case TextEvent.Finished finished -> result.complete(completed(finished));
            case TextEvent.Failed(EngineFailure failure) ->
                    result.complete(failures.result(failure));
            case TextEvent.Cancelled _ -> result.complete(new RunResult(new Outcome.Cancelled()));
        }
    }

    private void add(TextEvent.Delta delta) {
        List<TokenLogprobs> logprobs =
                delta.scores().stream().map(MapTextEvents::logprobs).toList();
        Choice choice = choices.get(delta.choice());
        choice.text.append(delta.text());
        choice.logprobs.addAll(logprobs);
        if (chat.stream() && !result.isDone()) {
            replies.accept(
                    new Reply.TextDelta(
                            delta.text(),
                            delta.tokens(),
                            choices.size() == 1 ? null : delta.choice(),
                            ifWanted(logprobs)));
        }
    }

    private RunResult completed(TextEvent.Finished finished) {
        var ended = new ArrayList<Outcome.Choice>();
        for (int i = 0; i < choices.size(); i++) {
            var reason =
                    switch (finished.reasons().get(i)) {
                        case STOP, TOOL_CALLS -> Outcome.FinishReason.STOP;
                        case LENGTH -> Outcome.FinishReason.LENGTH;
                    };
            Choice choice = choices.get(i);
            ended.add(
                    new Outcome.Choice(choice.text.toString(), reason, ifWanted(choice.logprobs)));
        }
        return new RunResult(
                Outcome.ChatCompleted.of(
                        ended,
                        new Outcome.Usage(
                                finished.promptTokens(),
                                finished.completionTokens(),
                                finished.cachedTokens())));
    }

    private @Nullable List<TokenLogprobs> ifWanted(List<TokenLogprobs> logprobs) {
        return chat.topLogprobs() == null ? null : logprobs;
    }

    private static TokenLogprobs logprobs(TokenScores scores) {
        return new TokenLogprobs(
                logprob(scores.chosen()),
                scores.top().stream().map(MapTextEvents::logprob).toList());
    }

    private static TokenLogprobs.TokenLogprob logprob(TokenScores.ScoredToken scored) {
        return new TokenLogprobs.TokenLogprob(
                scored.token().text(), scored.logprob(), scored.token().bytes());
    }
}
