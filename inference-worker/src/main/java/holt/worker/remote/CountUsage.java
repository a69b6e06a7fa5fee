package holt.worker.remote;

import holt.protocol.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a stream, as its engine counts them: in chunks of their own at the end, one for all answers or one for each; or in the chunk
 * that ends an answer, one for each prompt; or in all chunks as they go, where the newest holds.
 */
final class CountUsage {
    private final int answersOfAPrompt;
    private final Map<Integer, JsonNode> ends = new TreeMap<>();
    private @Nullable JsonNode newest;
    private int completionTokens; // of chunks of their own

    CountUsage(int answersOfAPrompt) {
        this.answersOfAPrompt = answersOfAPrompt;
    }

    void add(JsonNode chunk) {
        if (!chunk.path("usage").isObject()) {
            return;
        }
        JsonNode usage = chunk.path("usage");
        newest = usage;
        if (chunk.path("choices").isEmpty()) {
            completionTokens += usage.path("completion_tokens").asInt(0);
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("finish_reason").isString()) {
                ends.put(choice.path("index").asInt(0), usage);
            }
        }
    }

    /** Null: the engine has said nothing. */
    Outcome.@Nullable Usage usage() {
        if (newest == null) {
            return null;
        }
        if (completionTokens == 0 && ends.size() > 1) {
            return new Outcome.Usage(
                    sum("prompt_tokens", answersOfAPrompt), sum("completion_tokens", 1));
        }
        return new Outcome.Usage(
                newest.path("prompt_tokens").asInt(0),
                completionTokens > 0 ? completionTokens : newest.path("completion_tokens").asInt(0),
                newest.path("prompt_tokens_details").path("cached_tokens").asInt(0));
    }

    /** The tokens before the answers; null: the engine has not said. */
    @Nullable Integer reasoning() {
        JsonNode count =
                newest == null
                        ? null
                        : newest.path("completion_tokens_details").path("reasoning_tokens");
        return count != null && count.isInt() ? count.asInt() : null;
    }

    /** @param each counts only every so many answers */
    private int sum(String field, int each) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey() % each == 0)
                .mapToInt(end -> end.getValue().path(field).asInt(0))
                .sum();
    }
}
