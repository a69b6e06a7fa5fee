package holt.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.EmbeddingGolden;
import holt.engine.Fixtures;
import holt.system.rig.HoltUp;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Embeddings through HTTP and Kafka, from tiny models with random weights. */
@Timeout(120)
class EmbeddingsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final EmbeddingGolden GOLDEN = Fixtures.embeddingGolden("bert/golden");

    @TempDir static Path directory;

    private static HoltUp holt;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        Fixtures.embeddingModel("bert", directory.resolve("models"));
        Fixtures.embeddingModel("qwen3", directory.resolve("models"));
        holt = HoltUp.start("embeddings-holt", directory, Map.of("HOLT_WORKER_THREADS", "1"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        holt.close();
    }

    @Test
    @DisplayName("R113: an embedding model is listed with its dimensions and its longest input")
    void theModelIsListed() {
        JsonNode model = JSON.readTree(get("/v1/models/bert").body());

        assertThat(model.get("kind").asString()).isEqualTo("embedding");
        assertThat(model.get("url").asString()).endsWith("/v1/embeddings");
        assertThat(model.get("dimensions").asInt()).isEqualTo(32);
        assertThat(model.get("context_length").asInt()).isEqualTo(GOLDEN.maxTokens());
    }

    @Test
    void vectorsAreThoseOfSentenceTransformers() {
        JsonNode data = embed("bert", GOLDEN.texts(), "\"truncate\":true").get("data");
        JsonNode decoder = embed("qwen3", GOLDEN.texts(), "\"truncate\":true").get("data");

        assertClose(data, GOLDEN.vectors());
        assertClose(decoder, Fixtures.embeddingGolden("qwen3/golden").vectors());
    }

    @Test
    void manyRequestsAtOnceEachGetTheirOwnVectors() {
        List<CompletableFuture<JsonNode>> answers =
                IntStream.range(0, 24)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(() ->
                                        embed(
                                                "bert",
                                                List.of(GOLDEN.texts().get(i % 5)),
                                                "\"user\":\"ann\"")))
                        .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertClose(answers.get(i).join().get("data"), List.of(GOLDEN.vectors().get(i % 5)));
        }
    }

    @Test
    @DisplayName("R27: a larger outcome is a claim check")
    void asManyTextsAsAllowedAreAnswered() {
        JsonNode answer = embed("bert", Collections.nCopies(2048, "x"), "\"user\":\"ann\"");

        assertThat(answer.get("data")).hasSize(2048);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(2048 * 3);
    }

    @Test
    @DisplayName("R112: a text that is too long is refused unless the request cuts it")
    void aTextThatIsTooLongIsNamed() {
        HttpResponse<String> reply =
                post(body("bert", List.of("x", GOLDEN.texts().getLast()), "\"user\":\"ann\""));

        assertThat(reply.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(reply.body()).get("error");
        assertThat(error.get("param").asString()).isEqualTo("input[1]");
        assertThat(error.get("code").asString()).isEqualTo("context_length_exceeded");
    }

    @Test
    void aChatModelMakesNoVectors() {
        HttpResponse<String> reply = post(body("holt-chat", List.of("x"), "\"user\":\"ann\""));

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("invalid_model_kind");
    }

    @Test
    void theResultOfAnAsynchronousJobCanBeReadByItsId() {
        HttpResponse<String> accepted =
                post(
                        body("bert", List.of(GOLDEN.texts().getFirst()), "\"user\":\"ann\""),
                        "Prefer",
                        "respond-async");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String job = accepted.headers().firstValue("Location").orElseThrow();

        Await.until(() ->
                JSON.readTree(get(job).body()).path("status").asString("").equals("completed"));
        assertClose(
                JSON.readTree(get(job).body()).at("/result/data"),
                List.of(GOLDEN.vectors().getFirst()));
    }

    private static void assertClose(JsonNode data, List<float[]> expected) {
        assertThat(data).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            float[] vector = JSON.convertValue(data.get(i).get("embedding"), float[].class);
            assertThat(vector).containsExactly(expected.get(i), within(1e-4f));
        }
    }

    private static JsonNode embed(String model, List<String> texts, String field) {
        HttpResponse<String> reply = post(body(model, texts, field));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    private static String body(String model, List<String> texts, String field) {
        return "{\"model\":\"%s\",\"input\":%s,%s}"
                .formatted(model, JSON.writeValueAsString(texts), field);
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private static HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/embeddings"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static URI uri(String path) {
        return holt.url().resolve(path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(
                        request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString())
                .join();
    }
}
