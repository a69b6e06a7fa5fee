package holt.worker.models;

import holt.engine.EngineFailure;
import holt.engine.text.FinishReason;
import holt.engine.text.TextEvent;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.protocol.ToolCall;
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
        private final StringBuilder reasoning = new StringBuilder();
        private final List<Call> calls = new ArrayList<>();

        private List<ToolCall> toolCalls() {
            return calls.stream()
                    .map(call ->
                            new ToolCall(
                                    call.part.id(), call.part.name(), call.arguments.toString()))
                    .toList();
        }
    }

    /** A tool call while it grows. */
    private record Call(Reply.Part.Call part, StringBuilder arguments) {}

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
            case TextEvent.Reasoning more -> add(more);
            case TextEvent.ToolCallPart more -> add(more);
            case TextEvent.Finished finished -> result.complete(completed(finished));
            case TextEvent.Failed(EngineFailure failure) ->
                    result.complete(failures.result(failure));
            case TextEvent.Cancelled _ -> result.complete(new RunResult(new Outcome.Cancelled()));
        }
    }

    private void add(TextEvent.Delta delta) {
        List<TokenLogprobs> logprobs = delta.scores().stream().map(MapLogprobs::of).toList();
        Choice choice = choices.get(delta.choice());
        choice.text.append(delta.text());
        choice.logprobs.addAll(logprobs);
        publish(delta, delta.text(), ifWanted(logprobs), null);
    }

    private void add(TextEvent.Reasoning more) {
        choices.get(more.choice()).reasoning.append(more.text());
        publish(more, more.text(), null, new Reply.Part.Reasoning());
    }

    /** Some clients can handle one call only. As in vLLM, they get the first. */
    private boolean isWanted(TextEvent.ToolCallPart more) {
        return more.index() == 0 || chat.tools() == null || chat.tools().parallel();
    }

    private void add(TextEvent.ToolCallPart more) {
        if (!isWanted(more)) {
            return;
        }
        List<Call> calls = choices.get(more.choice()).calls;
        if (more.id() != null && more.function() != null) {
            var part = new Reply.Part.Call(more.index(), more.id(), more.function());
            calls.add(new Call(part, new StringBuilder()));
        }
        Call call = calls.getLast();
        call.arguments.append(more.arguments());
        publish(more, more.arguments(), null, call.part);
    }

    private void publish(
            TextEvent.Output output,
            String text,
            @Nullable List<TokenLogprobs> logprobs,
            Reply.@Nullable Part part) {
        if (chat.stream() && !result.isDone()) {
            replies.accept(
                    new Reply.TextDelta(
                            text,
                            output.tokens(),
                            choices.size() == 1 ? null : output.choice(),
                            logprobs,
                            part));
        }
    }

    private RunResult completed(TextEvent.Finished finished) {
        var ended = new ArrayList<Outcome.Choice>();
        for (int i = 0; i < choices.size(); i++) {
            Outcome.FinishReason reason = reason(finished.reasons().get(i));
            Choice choice = choices.get(i);
            ended.add(
                    new Outcome.Choice(
                            choice.text.toString(),
                            reason,
                            ifWanted(choice.logprobs),
                            Outcome.AnswerParts.of(
                                    choice.reasoning.toString(), choice.toolCalls())));
        }
        return new RunResult(
                Outcome.ChatCompleted.of(
                        ended,
                        new Outcome.Usage(
                                finished.promptTokens(),
                                finished.completionTokens(),
                                finished.cachedTokens())));
    }

    static Outcome.FinishReason reason(FinishReason reason) {
        return switch (reason) {
            case STOP -> Outcome.FinishReason.STOP;
            case TOOL_CALLS -> Outcome.FinishReason.TOOL_CALLS;
            case LENGTH -> Outcome.FinishReason.LENGTH;
        };
    }

    private @Nullable List<TokenLogprobs> ifWanted(List<TokenLogprobs> logprobs) {
        return chat.topLogprobs() == null ? null : logprobs;
    }
}
