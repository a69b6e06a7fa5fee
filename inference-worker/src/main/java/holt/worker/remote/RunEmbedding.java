package holt.worker.remote;

import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.worker.models.EncodeVector;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One task for vectors: {@code POST /v1/embeddings}. */
final class RunEmbedding {
    private static final JsonMapper JSON = new JsonMapper();

    private final Task.Embed embed;
    private final CompletableFuture<RunResult> result;
    private final RunRequest request;

    RunEmbedding(
            Task.Embed embed,
            CompletableFuture<RunResult> result,
            CompletableFuture<HttpResponse<InputStream>> sent) {
        this.embed = embed;
        this.result = result;
        this.request = new RunRequest(sent, result, "input");
    }

    /** @param model the engine's own name of it */
    static byte[] body(Task.Embed embed, String model) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("input", inputs(embed));
        // Not every engine writes base64.
        body.put("encoding_format", "float");
        if (embed.dimensions() != null) {
            body.put("dimensions", embed.dimensions());
        }
        if (embed.cutTo() != null) {
            body.put("truncate_prompt_tokens", embed.cutTo());
        }
        return JSON.writeValueAsBytes(body);
    }

    void run(Duration silence, ScheduledExecutorService timer) {
        request.run(silence, timer, this::read);
    }

    void close() {
        request.close();
    }

    private void read(InputStream in) throws IOException {
        JsonNode answer = ReadJson.all(in);
        @Nullable String[] vectors = new String[inputs(embed).size()];
        for (JsonNode item : answer.path("data")) {
            vectors[item.path("index").asInt()] =
                    EncodeVector.base64(numbers(item.path("embedding")));
        }
        if (Arrays.stream(vectors).anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("not one vector for each input");
        }
        int tokens = answer.path("usage").path("prompt_tokens").asInt(0);
        result.complete(
                new RunResult(
                        new Outcome.Embedded(
                                Arrays.stream(vectors).map(Objects::requireNonNull).toList(),
                                embed.format(),
                                new Outcome.Usage(tokens, 0))));
    }

    private static float[] numbers(JsonNode vector) {
        var numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) vector.get(i).asDouble();
        }
        return numbers;
    }

    private static List<?> inputs(Task.Embed embed) {
        return embed.texts() != null ? embed.texts() : Objects.requireNonNull(embed.tokens());
    }
}
