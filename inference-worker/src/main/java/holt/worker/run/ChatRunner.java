package holt.worker.run;

import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.TextEngine;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.time.Duration;
import java.util.Map;
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
        return switch (task) {
            case Task.Chat chat -> start(id, lane, chat, replies);
            case Task.Images _ -> Running.over(OTHER_KIND);
        };
    }

    private Running start(String id, Lane lane, Task.Chat chat, Consumer<Reply> replies) {
        var request =
                new TextRequest(
                        new RequestId(id),
                        chat.messages().stream()
                                .map(turn -> new ChatTurn(turn.role(), turn.content()))
                                .toList(),
                        sampling(chat.sampling()),
                        chat.maxTokens() == null ? maxTokens : chat.maxTokens(),
                        chat.stop(),
                        lane.ordinal(),
                        chat.answers(),
                        chat.topLogprobs());
        var trouble = new EngineTrouble(() -> broken = true);
        var answer = new ChatAnswer(chat, replies, trouble);
        engine.submit(request, answer::on);
        return new Running(
                answer.outcome(), () -> engine.cancel(new RequestId(id)), trouble::trace);
    }

    private static Sampling sampling(Task.Sampling wanted) {
        Task.Penalties penalties = wanted.penalties();
        return new Sampling(
                wanted.temperature(),
                wanted.topK() == null ? 0 : wanted.topK(),
                wanted.topP(),
                wanted.minP() == null ? 0 : wanted.minP(),
                penalties == null
                        ? Sampling.Penalties.NONE
                        : new Sampling.Penalties(
                                penalties.frequency(),
                                penalties.presence(),
                                penalties.repetition()),
                wanted.logitBias() == null ? Map.of() : wanted.logitBias(),
                wanted.seed());
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
}
