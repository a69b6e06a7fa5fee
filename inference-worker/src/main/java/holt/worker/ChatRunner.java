package holt.worker;

import holt.engine.text.ChatTurn;
import holt.engine.text.EngineFailure;
import holt.engine.text.Sampling;
import holt.engine.text.TextEngine;
import holt.engine.text.TextEvent;
import holt.engine.text.TextRequest;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Maps chats to the text engine and back. */
public final class ChatRunner implements ModelRunner {
    private final KnownModel model;
    private final TextEngine engine;
    private final int maxTokens;
    private volatile boolean broken;

    /** @param maxTokens written at most where the client names no number */
    public ChatRunner(KnownModel model, TextEngine engine, int maxTokens) {
        this.model = model;
        this.engine = engine;
        this.maxTokens = maxTokens;
    }

    @Override
    public KnownModel model() {
        return model;
    }

    @Override
    public int slots() {
        return engine.info().maxBatch();
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        var chat =
                switch (task) {
                    case Task.Chat it -> it;
                };
        Task.Sampling sampling = chat.sampling();
        var request =
                new TextRequest(
                        id,
                        chat.messages().stream()
                                .map(turn -> new ChatTurn(turn.role(), turn.content()))
                                .toList(),
                        new Sampling(sampling.temperature(), sampling.topP(), sampling.seed()),
                        chat.maxTokens() == null ? maxTokens : chat.maxTokens(),
                        chat.stop(),
                        lane.ordinal());
        var answer = new Answer(chat.stream(), replies);
        engine.submit(request, answer::on);
        return new Running(answer.outcome, () -> engine.cancel(id), () -> answer.trace);
    }

    @Override
    public boolean broken() {
        return broken;
    }

    @Override
    public Duration sinceProgress() {
        return engine.sinceProgress();
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The answer as it grows; owned by the engine's thread. */
    private final class Answer {
        private final boolean stream;
        private final Consumer<Reply> replies;
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private volatile String trace = "";

        private Answer(boolean stream, Consumer<Reply> replies) {
            this.stream = stream;
            this.replies = replies;
        }

        private void on(TextEvent event) {
            switch (event) {
                case TextEvent.Started _ -> {}
                case TextEvent.Delta(String more, int tokens) -> {
                    text.append(more);
                    if (stream && !outcome.isDone()) {
                        replies.accept(new Reply.TextDelta(more, tokens));
                    }
                }
                case TextEvent.Finished finished ->
                        outcome.complete(
                                new Outcome.ChatCompleted(
                                        text.toString(),
                                        switch (finished.reason()) {
                                            case STOP -> Outcome.FinishReason.STOP;
                                            case LENGTH -> Outcome.FinishReason.LENGTH;
                                        },
                                        new Outcome.Usage(
                                                finished.promptTokens(),
                                                finished.completionTokens())));
                case TextEvent.Failed(EngineFailure failure) -> outcome.complete(failed(failure));
                case TextEvent.Cancelled _ -> outcome.complete(new Outcome.Cancelled());
            }
        }

        private Outcome.Failed failed(EngineFailure failure) {
            return switch (failure) {
                case EngineFailure.PromptTooLong(int prompt, int context) ->
                        new Outcome.Failed(
                                Failure.CONTEXT_LENGTH_EXCEEDED,
                                "messages: the prompt has "
                                        + prompt
                                        + " tokens, the model's context holds "
                                        + context);
                case EngineFailure.TemplateRefused(String detail) ->
                        new Outcome.Failed(
                                Failure.INVALID_VALUE,
                                "messages: the model's chat template refuses them: " + detail);
                case EngineFailure.OutOfMemory(String detail) -> {
                    trace = detail;
                    yield new Outcome.Failed(
                            Failure.INSUFFICIENT_MEMORY, "the device ran out of memory");
                }
                case EngineFailure.DeviceBroken(String detail) -> {
                    trace = detail;
                    broken = true;
                    yield new Outcome.Failed(Failure.WORKER_FAILED, "the device failed");
                }
                case EngineFailure.Internal(String detail) -> {
                    trace = detail;
                    yield new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed");
                }
            };
        }
    }
}
