package holt.worker.remote;

import holt.protocol.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes a completion as the body of {@code POST /v1/completions}. */
final class CompletionBody {
    private static final JsonMapper JSON = new JsonMapper();

    private CompletionBody() {}

    /**
     * @param model the engine's own name of it
     * @param llama whether llama.cpp's server reads it
     */
    static byte[] of(Task.Complete task, String model, boolean llama) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("prompt", task.texts() != null ? task.texts() : task.tokens());
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        body.put("max_tokens", task.maxTokens());
        if (task.n() > 1) {
            body.put("n", task.n());
        }
        if (!task.stop().isEmpty()) {
            body.put("stop", task.stop());
        }
        if (task.topLogprobs() != null) {
            // To llama.cpp's server, 0 means none at all.
            body.put("logprobs", llama ? Math.max(1, task.topLogprobs()) : task.topLogprobs());
        }
        if (task.echo()) {
            body.put("echo", true);
        }
        SamplingBody.write(task.sampling(), body);
        return JSON.writeValueAsBytes(body);
    }
}
