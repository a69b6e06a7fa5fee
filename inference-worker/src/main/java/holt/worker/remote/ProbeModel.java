package holt.worker.remote;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Asks an engine by small requests what one of its models can do. An engine that does not answer them cannot. */
final class ProbeModel {
    private static final JsonMapper JSON = new JsonMapper();

    private final CallEngine call;
    private final String own;

    /** @param own the engine's name of the model */
    ProbeModel(CallEngine call, String own) {
        this.call = call;
        this.own = own;
    }

    /** How many numbers its vectors have; 0: it makes none. */
    int dimensions() throws InterruptedException {
        try {
            var response = call.ask("/v1/embeddings", body(Map.of("input", "a")));
            return response.statusCode() == 200
                    ? ReadJson.of(response.body()).path("data").path(0).path("embedding").size()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether it answers a chat of one token. */
    boolean chats() throws InterruptedException {
        List<Map<String, String>> messages = List.of(Map.of("role", "user", "content", "a"));
        return status("/v1/chat/completions", Map.of("messages", messages, "max_tokens", 1)) == 200;
    }

    /** Whether it goes on with plain prompts: an engine that does misses the prompt here. */
    boolean completes() throws InterruptedException {
        int status = status("/v1/completions", Map.of());
        return status == 400 || status == 422;
    }

    private int status(String route, Map<String, Object> fields) throws InterruptedException {
        try {
            return call.ask(route, body(fields)).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private byte[] body(Map<String, Object> fields) {
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("model", own);
        return JSON.writeValueAsBytes(all);
    }
}
