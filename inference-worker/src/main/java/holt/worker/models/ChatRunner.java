package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.TextEngine;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import java.util.Map;
import java.util.function.Consumer;

/** Runs chats on a text engine. */
public final class ChatRunner extends EngineRunner<TextEngine> {
    private final int maxTokens;

    /** @param maxTokens limit of an answer if the client names none */
    public ChatRunner(KnownModel model, TextEngine engine, int maxTokens) {
        super(model, engine);
        this.maxTokens = maxTokens;
    }

    @Override
    public int slots() {
        return engine().info().maxBatch();
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Chat chat -> start(id, lane, chat, replies);
            case Task.Images _ -> Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(String id, Lane lane, Task.Chat chat, Consumer<Reply> replies) {
        var events = new MapTextEvents(chat, replies, failures());
        engine().submit(request(id, lane, chat), events);
        return new Running(events.result(), () -> engine().cancel(new RequestId(id)));
    }

    private TextRequest request(String id, Lane lane, Task.Chat chat) {
        return new TextRequest(
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
}
