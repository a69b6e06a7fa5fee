package holt.worker.remote;

import holt.protocol.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes how to sample. What client and model left open stays open, so that the engine's own default counts. */
final class SamplingBody {
    private SamplingBody() {}

    static void write(Task.Sampling sampling, Map<String, Object> body) {
        if (sampling.topP() == 0) {
            // Engines refuse a share of nothing. It leaves the likeliest token, as greedy decoding
            // does.
            body.put("temperature", 0);
        } else if (!sampling.leavesTemperature()) {
            body.put("temperature", sampling.temperature());
        }
        if (sampling.topP() > 0 && sampling.topP() < 1) {
            body.put("top_p", sampling.topP());
        }
        put(body, "seed", sampling.seed() == null ? null : ShortSeed.of(sampling.seed()));
        put(body, "top_k", sampling.topK());
        put(body, "min_p", sampling.minP());
        put(body, "logit_bias", sampling.logitBias());
        Task.Penalties penalties = sampling.penalties();
        if (penalties != null) {
            body.put("frequency_penalty", penalties.frequency());
            body.put("presence_penalty", penalties.presence());
            if (penalties.repetition() != 1) {
                body.put("repetition_penalty", penalties.repetition());
                // The name in llama.cpp and LocalAI.
                body.put("repeat_penalty", penalties.repetition());
            }
        }
    }

    private static void put(Map<String, Object> json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
