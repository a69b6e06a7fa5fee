package holt.worker.remote;

import holt.protocol.ChatMessage;
import holt.protocol.Outcome;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.worker.models.GrowAnswers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps the chunks of a streamed chat or completion to its growing answers. */
final class MapChunks {
    /** About four bytes of a text are a token. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private final GrowAnswers answers;
    private final int promptBytes;
    private final @Nullable FinishReason[] reasons;
    private final CountUsage usage;
    private int tokens;
    private int reasoningTokens;

    /** @param promptBytes for an estimate, if the engine says no usage */
    private MapChunks(GrowAnswers answers, int answersOfAPrompt, int promptBytes) {
        this.usage = new CountUsage(answersOfAPrompt);
        this.answers = answers;
        this.promptBytes = promptBytes;
        this.reasons = new FinishReason[answers.count()];
    }

    static MapChunks of(Task.Chat chat, GrowAnswers answers) {
        return new MapChunks(
                answers, chat.answers(), bytes(chat.messages().stream().map(ChatMessage::content)));
    }

    static MapChunks of(Task.Complete task, GrowAnswers answers) {
        List<List<Integer>> tokens = Objects.requireNonNullElse(task.tokens(), List.of());
        return new MapChunks(
                answers,
                task.n(),
                task.texts() != null
                        ? bytes(task.texts().stream())
                        : BYTES_OF_A_TOKEN * tokens.stream().mapToInt(List::size).sum());
    }

    private static int bytes(Stream<String> texts) {
        return texts.mapToInt(each -> each.getBytes(StandardCharsets.UTF_8).length).sum();
    }

    /**
     * Adds a chunk.
     *
     * @throws RuntimeException if it is no chunk of this task
     */
    synchronized void add(JsonNode chunk) {
        usage.add(chunk);
        for (JsonNode choice : chunk.path("choices")) {
            add(choice.path("index").asInt(0), choice);
        }
    }

    private void add(int index, JsonNode choice) {
        JsonNode delta = choice.path("delta");
        String reasoning =
                text(delta, delta.has("reasoning_content") ? "reasoning_content" : "reasoning");
        if (!reasoning.isEmpty()) {
            reasoningTokens++;
            answers.reasoning(index, reasoning, count(1));
        }
        List<TokenLogprobs> logprobs = ReadLogprobs.either(choice.path("logprobs"));
        // A completion's text stands in no delta.
        String text = text(delta, "content") + text(delta, "refusal") + text(choice, "text");
        if (!text.isEmpty() || !logprobs.isEmpty()) {
            answers.text(index, text, count(Math.max(1, logprobs.size())), logprobs);
        }
        for (JsonNode call : delta.path("tool_calls")) {
            call(index, call);
        }
        String reason = text(choice, "finish_reason");
        if (!reason.isEmpty()) {
            reasons[index] =
                    switch (reason) {
                        case "length" -> FinishReason.LENGTH;
                        case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
                        default -> FinishReason.STOP;
                    };
        }
    }

    private void call(int choice, JsonNode call) {
        int index = call.path("index").asInt(0);
        String id = text(call, "id");
        String function = text(call.path("function"), "name");
        answers.call(
                choice,
                index,
                id.isEmpty() ? "call_" + choice + "_" + index : id,
                function.isEmpty() ? null : function,
                text(call.path("function"), "arguments"),
                count(1));
    }

    private int count(int more) {
        tokens += more;
        return more;
    }

    /** Whether the engine has said of each answer why it ended. */
    boolean isComplete() {
        return Arrays.stream(reasons).allMatch(Objects::nonNull);
    }

    /** Completes the answers. */
    synchronized void complete() {
        complete(FinishReason.STOP);
    }

    /** Completes the answers with what there is. Returns false if there is no token yet. */
    synchronized boolean cutShort() {
        if (tokens > 0) {
            complete(FinishReason.LENGTH);
        }
        return tokens > 0;
    }

    /** @param open of answers that the engine has not ended */
    private void complete(FinishReason open) {
        answers.complete(
                Arrays.stream(reasons)
                        .map(reason -> Objects.requireNonNullElse(reason, open))
                        .toList(),
                usage());
    }

    private Outcome.Usage usage() {
        Outcome.Usage counted =
                Objects.requireNonNullElseGet(
                        usage.usage(),
                        () ->
                                Outcome.Usage.estimate(
                                        Math.ceilDiv(promptBytes, BYTES_OF_A_TOKEN), tokens));
        // Engines that do not say it mostly write a chunk for each token.
        int reasoning = Objects.requireNonNullElse(usage.reasoning(), reasoningTokens);
        return reasoning == 0
                ? counted
                : counted.withReasoning(Math.min(reasoning, counted.completionTokens()));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isString() ? json.path(field).asString() : "";
    }
}
