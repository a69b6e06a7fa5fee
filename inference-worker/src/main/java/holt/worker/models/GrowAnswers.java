package holt.worker.models;

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

/** The answers of one chat or completion while they grow: publishes each delta, and puts them together as a result. One thread calls it. */
public final class GrowAnswers {
    private final boolean stream;
    private final boolean withLogprobs;
    private final boolean oneCall;
    private final Consumer<Reply> replies;
    private final List<Answer> answers;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    private static final class Answer {
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

    private record Call(Reply.Part.Call part, StringBuilder arguments) {}

    /** @param replies receives the deltas of a stream, none after the result */
    public GrowAnswers(Task.Chat chat, Consumer<Reply> replies) {
        this(
                chat.answers(),
                chat.stream(),
                chat.topLogprobs() != null,
                chat.tools() != null && !chat.tools().parallel(),
                replies);
    }

    /** @param replies receives the deltas of a stream, none after the result */
    public GrowAnswers(Task.Complete task, Consumer<Reply> replies) {
        this(task.prompts() * task.n(), task.stream(), task.topLogprobs() != null, false, replies);
    }

    private GrowAnswers(
            int count,
            boolean stream,
            boolean withLogprobs,
            boolean oneCall,
            Consumer<Reply> replies) {
        this.stream = stream;
        this.withLogprobs = withLogprobs;
        this.oneCall = oneCall;
        this.replies = replies;
        this.answers = IntStream.range(0, count).mapToObj(_ -> new Answer()).toList();
    }

    /** The number of answers. */
    public int count() {
        return answers.size();
    }

    /** Completed by {@link #complete}, or by a caller that ends the chat otherwise. */
    public CompletableFuture<RunResult> result() {
        return result;
    }

    /** Adds content. */
    public void text(int choice, String text, int tokens, List<TokenLogprobs> logprobs) {
        Answer answer = answers.get(choice);
        answer.text.append(text);
        answer.logprobs.addAll(logprobs);
        publish(choice, text, tokens, ifWanted(logprobs), null);
    }

    /** Adds what the model thinks before its answer. */
    public void reasoning(int choice, String text, int tokens) {
        answers.get(choice).reasoning.append(text);
        publish(choice, text, tokens, null, new Reply.Part.Reasoning());
    }

    /**
     * Adds to the arguments of a tool call.
     *
     * @param index of the call. The next free one begins a call, which needs an id and a function
     */
    public void call(
            int choice,
            int index,
            @Nullable String id,
            @Nullable String function,
            String arguments,
            int tokens) {
        if (!isWanted(index)) {
            return;
        }
        List<Call> calls = answers.get(choice).calls;
        if (index == calls.size() && id != null && function != null) {
            calls.add(new Call(new Reply.Part.Call(index, id, function), new StringBuilder()));
        }
        Call call = calls.get(index);
        call.arguments.append(arguments);
        publish(choice, arguments, tokens, null, call.part);
    }

    /** Some clients can handle one call only. As in vLLM, they get the first. */
    private boolean isWanted(int index) {
        return index == 0 || !oneCall;
    }

    private void publish(
            int choice,
            String text,
            int tokens,
            @Nullable List<TokenLogprobs> logprobs,
            Reply.@Nullable Part part) {
        if (stream && !result.isDone()) {
            replies.accept(
                    new Reply.TextDelta(
                            text, tokens, answers.size() == 1 ? null : choice, logprobs, part));
        }
    }

    /** @param reasons why each answer ended */
    public void complete(List<Outcome.FinishReason> reasons, Outcome.Usage usage) {
        var ended = new ArrayList<Outcome.Choice>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            ended.add(
                    new Outcome.Choice(
                            answer.text.toString(),
                            reasons.get(i),
                            ifWanted(answer.logprobs),
                            Outcome.AnswerParts.of(
                                    answer.reasoning.toString(), answer.toolCalls())));
        }
        result.complete(new RunResult(Outcome.ChatCompleted.of(ended, usage)));
    }

    private @Nullable List<TokenLogprobs> ifWanted(List<TokenLogprobs> logprobs) {
        return withLogprobs ? logprobs : null;
    }
}
