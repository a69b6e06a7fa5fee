package holt.worker.remote.ollama;

import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.worker.models.EncodeVector;
import holt.worker.models.RunResult;
import holt.worker.remote.ReadJson;
import holt.worker.remote.RunRequest;
import holt.worker.remote.UnsupportedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One task for vectors: {@code /api/embed}. */
final class Embeddings {
    private static final JsonMapper JSON = new JsonMapper();

    private final Task.Embed embed;
    private final CompletableFuture<RunResult> result;
    private final RunRequest request;

    Embeddings(
            Task.Embed embed,
            CompletableFuture<RunResult> result,
            CompletableFuture<HttpResponse<InputStream>> sent) {
        this.embed = embed;
        this.result = result;
        this.request = new RunRequest(sent, result, "input");
    }

    static byte[] body(Task.Embed embed, String model, int contextLength)
            throws UnsupportedException {
        if (embed.texts() == null) {
            throw new UnsupportedException("input", "reads texts, not tokens");
        }
        if (embed.promptName() != null) {
            throw new UnsupportedException("prompt_name", "knows no named prompts");
        }
        Integer cutTo = embed.cutTo();
        if (cutTo != null && cutTo != contextLength) {
            throw new UnsupportedException(
                    "truncate_prompt_tokens", "cuts an input to the model's context only");
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("input", embed.texts());
        body.put("truncate", cutTo != null);
        if (embed.dimensions() != null) {
            body.put("dimensions", embed.dimensions());
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
        var vectors = new ArrayList<String>();
        for (JsonNode vector : answer.path("embeddings")) {
            var numbers = new float[vector.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) vector.get(i).asDouble();
            }
            vectors.add(EncodeVector.base64(numbers));
        }
        if (embed.texts() == null || vectors.size() != embed.texts().size()) {
            throw new IllegalArgumentException("not one vector for each input");
        }
        result.complete(
                new RunResult(
                        new Outcome.Embedded(
                                vectors,
                                embed.format(),
                                new Outcome.Usage(answer.path("prompt_eval_count").asInt(0), 0))));
    }
}
