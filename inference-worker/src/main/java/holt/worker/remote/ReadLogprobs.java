package holt.worker.remote;

import holt.protocol.TokenLogprobs;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads log probabilities, which most engines write as OpenAI does. */
public final class ReadLogprobs {
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
                Math.max(-9999, token.path("logprob").asDouble(-9999)),
                bytes);
    }
}
