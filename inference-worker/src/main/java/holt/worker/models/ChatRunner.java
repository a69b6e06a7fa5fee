package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.RawPrompt;
import holt.engine.text.TextEngine;
import holt.engine.text.TextRequest;
import holt.engine.text.ToolCall;
import holt.engine.text.ToolChoice;
import holt.engine.text.sampling.Sampling;
import holt.format.FormatConstraint;
import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.Tools;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs chats and completions on a text engine. */
public final class ChatRunner extends EngineRunner<TextEngine> {
    /** What every model of the embedded engine can do. */
    public static final Set<Ability> ABILITIES =
            Set.of(
                    Ability.TOOLS,
                    Ability.STRUCTURED,
                    Ability.TEMPLATE_ARGUMENTS,
                    Ability.COMPLETIONS);

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
            case Task.Complete complete -> start(id, lane, complete, replies);
            case Task.Images _, Task.Embed _ -> Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(String id, Lane lane, Task.Chat chat, Consumer<Reply> replies) {
        var answers = new GrowAnswers(chat, replies);
        engine().submit(request(id, lane, chat), new MapTextEvents(answers, failures()));
        var request = new RequestId(id);
        return new Running(
                answers.result(), () -> engine().cancel(request), () -> engine().cutShort(request));
    }

    /** Each prompt is a request of its own. */
    private Running start(String id, Lane lane, Task.Complete task, Consumer<Reply> replies) {
        List<RequestId> ids =
                IntStream.range(0, task.prompts())
                        .mapToObj(prompt -> new RequestId(id + "-" + prompt))
                        .toList();
        Runnable stop = () -> ids.forEach(engine()::cancel);
        var events = new MapCompletionEvents(task, replies, failures(), stop);
        for (int prompt = 0; prompt < ids.size(); prompt++) {
            engine().submit(
                            TextRequest.ofPrompt(
                                    ids.get(prompt),
                                    prompt(task, prompt),
                                    sampling(task.sampling()),
                                    task.maxTokens(),
                                    task.stop(),
                                    lane.ordinal(),
                                    task.n(),
                                    task.topLogprobs()),
                            events.of(prompt));
        }
        return new Running(events.result(), stop, () -> ids.forEach(engine()::cutShort));
    }

    private static RawPrompt prompt(Task.Complete task, int prompt) {
        return new RawPrompt(
                task.texts() == null ? null : task.texts().get(prompt),
                task.tokens() == null ? null : task.tokens().get(prompt),
                task.echo());
    }

    private TextRequest request(String id, Lane lane, Task.Chat chat) {
        Tools tools = chat.tools();
        return new TextRequest(
                new RequestId(id),
                chat.messages().stream().map(ChatRunner::turn).toList(),
                sampling(chat.sampling()),
                chat.maxTokens() == null ? maxTokens : chat.maxTokens(),
                chat.stop(),
                lane.ordinal(),
                chat.answers(),
                chat.topLogprobs(),
                tools == null ? List.of() : tools.functions(),
                tools == null ? new ToolChoice.Auto() : choice(tools),
                chat.templateArguments() == null ? Map.of() : chat.templateArguments(),
                chat.format() == null ? null : FormatConstraint.of(chat.format()));
    }

    private static ChatTurn turn(ChatMessage message) {
        List<ToolCall> calls =
                message.toolCalls() == null
                        ? List.of()
                        : message.toolCalls().stream()
                                .map(call -> new ToolCall(call.id(), call.name(), call.arguments()))
                                .toList();
        return new ChatTurn(
                message.role(),
                calls.isEmpty() || !message.content().isEmpty() ? message.content() : null,
                message.reasoning(),
                calls,
                message.toolCallId(),
                message.name());
    }

    private static ToolChoice choice(Tools tools) {
        return switch (tools.choice()) {
            case AUTO -> new ToolChoice.Auto();
            case NONE -> new ToolChoice.None();
            case REQUIRED ->
                    tools.only() == null
                            ? new ToolChoice.Required()
                            : new ToolChoice.Named(tools.only());
        };
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
