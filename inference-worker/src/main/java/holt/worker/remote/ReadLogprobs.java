package holt.worker.remote;

import holt.protocol.TokenLogprobs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads log probabilities, which most engines write as OpenAI does. */
public final class ReadLogprobs {
    /** JSON has no infinity. */
    private static final double LEAST = -9999;

    private ReadLogprobs() {}

    public static List<TokenLogprobs> of(JsonNode content) {
        var logprobs = new ArrayList<TokenLogprobs>();
        for (JsonNode token : content) {
            var top = new ArrayList<TokenLogprobs.TokenLogprob>();
            token.path("top_logprobs").forEach(other -> top.add(logprob(other)));
            logprobs.add(new TokenLogprobs(logprob(token), top));
        }
        return logprobs;
    }

    /** As chats have them, in {@code content}, or as completions do, in lists of equal length. */
    static List<TokenLogprobs> either(JsonNode logprobs) {
        JsonNode tokens = logprobs.path("tokens");
        if (!tokens.isArray()) {
            return of(logprobs.path("content"));
        }
        var read = new ArrayList<TokenLogprobs>();
        for (int i = 0; i < tokens.size(); i++) {
            var top = new ArrayList<TokenLogprobs.TokenLogprob>();
            logprobs.path("top_logprobs")
                    .path(i)
                    .forEachEntry((token, value) -> top.add(ofText(token, value)));
            read.add(
                    new TokenLogprobs(
                            ofText(
                                    tokens.path(i).asString(""),
                                    logprobs.path("token_logprobs").path(i)),
                            top));
        }
        return read;
    }

    /** @param value null for the first token of a prompt, which nothing predicts */
    private static TokenLogprobs.TokenLogprob ofText(String token, JsonNode value) {
        var bytes = new ArrayList<Integer>();
        for (byte each : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each & 0xff);
        }
        return new TokenLogprobs.TokenLogprob(token, Math.max(LEAST, value.asDouble(0)), bytes);
    }

    private static TokenLogprobs.TokenLogprob logprob(JsonNode token) {
        List<Integer> bytes = null;
        if (token.path("bytes").isArray()) {
            bytes = new ArrayList<>();
            for (JsonNode each : token.get("bytes")) {
                bytes.add(each.asInt());
            }
        }
        return new TokenLogprobs.TokenLogprob(
                token.path("token").asString(""),
                Math.max(LEAST, token.path("logprob").asDouble(LEAST)),
                bytes);
    }
}
