package holt.worker.models;

import holt.engine.EngineFailure;
import holt.engine.text.TextEvent;
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

/**
 * Maps the engine's events of all prompts of one task to replies and a result. The first prompt that fails ends the others. Only the
 * engine's thread calls it.
 */
final class MapCompletionEvents {
    private final Task.Complete task;
    private final Consumer<Reply> replies;
    private final EngineFailures failures;
    private final Runnable stop;
    private final List<Choice> choices;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private int unfinished; // prompts
    private int promptTokens;
    private int completionTokens;
    private int cachedTokens;

    /** One answer while it grows. */
    private static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private final List<TokenLogprobs> logprobs = new ArrayList<>();
        private Outcome.FinishReason reason = Outcome.FinishReason.LENGTH;
    }

    /** @param stop ends all prompts in the engine */
    MapCompletionEvents(
            Task.Complete task, Consumer<Reply> replies, EngineFailures failures, Runnable stop) {
        this.task = task;
        this.replies = replies;
        this.failures = failures;
        this.stop = stop;
        this.unfinished = task.prompts();
        this.choices =
                IntStream.range(0, task.prompts() * task.n()).mapToObj(_ -> new Choice()).toList();
    }

    /** Completes with the last event of the last prompt, or with the first failure. */
    CompletableFuture<RunResult> result() {
        return result;
    }

    /** Takes the events of one prompt. */
    Consumer<TextEvent> of(int prompt) {
        int first = prompt * task.n();
        return event -> {
            switch (event) {
                // Without a chat template there are neither reasoning nor calls.
                case TextEvent.Started _, TextEvent.Reasoning _, TextEvent.ToolCallPart _ -> {}
                case TextEvent.Delta delta -> add(first + delta.choice(), delta);
                case TextEvent.Finished finished -> finish(first, finished);
                case TextEvent.Failed(EngineFailure failure) -> end(failures.result(failure));
                case TextEvent.Cancelled _ -> end(new RunResult(new Outcome.Cancelled()));
            }
        };
    }

    private void end(RunResult early) {
        if (result.complete(early)) {
            stop.run();
        }
    }

    private void add(int index, TextEvent.Delta delta) {
        List<TokenLogprobs> logprobs = delta.scores().stream().map(MapLogprobs::of).toList();
        Choice choice = choices.get(index);
        choice.text.append(delta.text());
        choice.logprobs.addAll(logprobs);
        if (task.stream() && !result.isDone()) {
            replies.accept(
                    new Reply.TextDelta(
                            delta.text(),
                            delta.tokens(),
                            choices.size() == 1 ? null : index,
                            ifWanted(logprobs)));
        }
    }

    private void finish(int first, TextEvent.Finished finished) {
        for (int i = 0; i < task.n(); i++) {
            choices.get(first + i).reason = MapTextEvents.reason(finished.reasons().get(i));
        }
        promptTokens += finished.promptTokens();
        completionTokens += finished.completionTokens();
        cachedTokens += finished.cachedTokens();
        unfinished--;
        if (unfinished == 0) {
            result.complete(
                    new RunResult(
                            Outcome.ChatCompleted.of(
                                    choices.stream().map(this::choice).toList(),
                                    new Outcome.Usage(
                                            promptTokens, completionTokens, cachedTokens))));
        }
    }

    private Outcome.Choice choice(Choice choice) {
        return new Outcome.Choice(choice.text.toString(), choice.reason, ifWanted(choice.logprobs));
    }

    private @Nullable List<TokenLogprobs> ifWanted(List<TokenLogprobs> logprobs) {
        return task.topLogprobs() == null ? null : List.copyOf(logprobs);
    }
}
