package holt.worker.remote.comfyui;

import holt.worker.remote.CallEngine;
import holt.worker.remote.Multipart;
import holt.worker.remote.ReadJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls about prompts, as ComfyUI names a workflow in its queue. */
final class Prompts {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern ID = Pattern.compile("[\\w-]{1,100}");

    /** An engine that renders may answer late. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final CallEngine call;

    Prompts(CallEngine call) {
        this.call = call;
    }

    /**
     * Uploads a PNG into the engine's temporary folder, which it empties when it starts.
     *
     * @return the value of an input that loads it
     */
    String upload(byte[] png) throws IOException, InterruptedException {
        var form =
                new Multipart()
                        .field("type", "temp")
                        .png("image", "holt-" + UUID.randomUUID() + ".png", png);
        HttpResponse<byte[]> response = call.ask("/upload/image", form, WITHIN);
        expect(response, "/upload/image");
        String name = ReadJson.of(response.body()).path("name").asString("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an upload without a name");
        }
        return name + " [temp]";
    }

    /** Adds a workflow to the queue. Older releases draw an id of their own. */
    HttpResponse<byte[]> add(JsonNode workflow, String prompt, String client)
            throws IOException, InterruptedException {
        var body = new LinkedHashMap<String, Object>();
        body.put("prompt", workflow);
        body.put("prompt_id", prompt);
        body.put("client_id", client);
        return call.ask("/prompt", JSON.writeValueAsBytes(body), WITHIN);
    }

    /** The id in the answer to {@link #add}. It becomes part of a path. */
    static String id(JsonNode answer) {
        String id = answer.path("prompt_id").asString("");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a prompt without an id");
        }
        return id;
    }

    /** What the history says of a prompt that has ended. */
    JsonNode history(String prompt) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call.get("/history/" + prompt);
        expect(response, "/history");
        return ReadJson.of(response.body()).path(prompt);
    }

    /** Removes a prompt from the history, which shows its text to all. */
    void forget(String prompt) throws IOException, InterruptedException {
        expect(call.ask("/history", json(Map.of("delete", List.of(prompt)))), "/history");
    }

    /** Ends a prompt that waits or runs, and no other one. */
    void cancel(String prompt) throws IOException, InterruptedException {
        expect(call.ask("/queue", json(Map.of("delete", List.of(prompt)))), "/queue");
        // Older releases interrupt whatever runs, so look first.
        HttpResponse<byte[]> queue = call.get("/queue");
        expect(queue, "/queue");
        boolean runs =
                ReadJson.of(queue.body())
                        .path("queue_running")
                        .valueStream()
                        .anyMatch(each -> each.path(1).asString("").equals(prompt));
        if (runs) {
            expect(call.ask("/interrupt", json(Map.of("prompt_id", prompt))), "/interrupt");
        }
    }

    private static byte[] json(Map<String, Object> body) {
        return JSON.writeValueAsBytes(body);
    }

    private static void expect(HttpResponse<byte[]> response, String route) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("the engine answers " + response.statusCode() + " to " + route);
        }
    }
}
