package holt.worker.remote;

import holt.protocol.Outcome;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Task;
import holt.protocol.TokenLogprobs;
import holt.worker.models.GrowAnswers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps the chunks of a streamed chat to its growing answers. */
final class MapChunks {
    /** About four bytes of a text are a token. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private final Task.Chat chat;
    private final GrowAnswers answers;
    private final @Nullable FinishReason[] reasons;
    private @Nullable JsonNode usage;

    /** Sum over the last chunks: llama.cpp's server sends one for each answer. */
    private int completionTokens;

    private int tokens;

    MapChunks(Task.Chat chat, GrowAnswers answers) {
        this.chat = chat;
        this.answers = answers;
        this.reasons = new FinishReason[chat.answers()];
    }

    /**
     * Adds a chunk.
     *
     * @throws RuntimeException if it is no chunk of this chat
     */
    void add(JsonNode chunk) {
        if (chunk.path("usage").isObject()) {
            count(chunk.get("usage"), chunk.path("choices").isEmpty());
        }
        for (JsonNode choice : chunk.path("choices")) {
            add(choice.path("index").asInt(0), choice);
        }
    }

    /** @param last whether the chunk has nothing else. Others count as they go, and the newest holds */
    private void count(JsonNode newest, boolean last) {
        usage = newest;
        if (last) {
            completionTokens += newest.path("completion_tokens").asInt(0);
        }
    }

    private void add(int index, JsonNode choice) {
        JsonNode delta = choice.path("delta");
        String reasoning =
                text(delta, delta.has("reasoning_content") ? "reasoning_content" : "reasoning");
        if (!reasoning.isEmpty()) {
            answers.reasoning(index, reasoning, count(1));
        }
        List<TokenLogprobs> logprobs = ReadLogprobs.of(choice.path("logprobs").path("content"));
        String text = text(delta, "content") + text(delta, "refusal");
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
    void complete() {
        answers.complete(
                Arrays.stream(reasons)
                        .map(reason -> Objects.requireNonNullElse(reason, FinishReason.STOP))
                        .toList(),
                usage());
    }

    private Outcome.Usage usage() {
        if (usage != null) {
            return new Outcome.Usage(
                    usage.path("prompt_tokens").asInt(0),
                    completionTokens > 0
                            ? completionTokens
                            : usage.path("completion_tokens").asInt(0),
                    usage.path("prompt_tokens_details").path("cached_tokens").asInt(0));
        }
        int bytes =
                chat.messages().stream()
                        .mapToInt(each -> each.content().getBytes(StandardCharsets.UTF_8).length)
                        .sum();
        return Outcome.Usage.estimate(Math.ceilDiv(bytes, BYTES_OF_A_TOKEN), tokens);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isString() ? json.path(field).asString() : "";
    }
}
