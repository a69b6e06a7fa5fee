package holt.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.Fixtures;
import holt.system.rig.HoltUp;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prompts without a chat template through HTTP and Kafka, from a tiny model with random weights. */
@Timeout(120)
class CompletionsIT {
    private static final JsonMapper JSON = new JsonMapper();

    /** Of packed weights, which a CPU has by default. */
    private static final double NEAR = 0.05;

    @TempDir static Path directory;

    private static HoltUp holt;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        Fixtures.model("llama3", directory.resolve("models"));
        holt = HoltUp.start("completions-holt", directory, Map.of("HOLT_WORKER_THREADS", "1"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        holt.close();
    }

    @Test
    void promptsHaveTheLogProbabilitiesOfTransformers() throws IOException {
        List<JsonNode> goldens = goldens();
        String prompts =
                JSON.writeValueAsString(goldens.stream().map(golden -> golden.get("ids")).toList());

        JsonNode choices =
                JSON.readTree(ask(prompts, "\"echo\":true,\"logprobs\":1,\"max_tokens\":0"))
                        .get("choices");

        assertThat(choices).hasSize(goldens.size());
        for (int i = 0; i < goldens.size(); i++) {
            JsonNode found = choices.get(i).at("/logprobs/token_logprobs");
            JsonNode expected = goldens.get(i).get("logprobs");
            assertThat(found).hasSize(expected.size() + 1);
            assertThat(found.get(0).isNull()).isTrue();
            for (int j = 0; j < expected.size(); j++) {
                assertThat(found.get(j + 1).asDouble())
                        .isCloseTo(expected.get(j).asDouble(), within(NEAR));
            }
        }
    }

    @Test
    void aStreamSaysTheSameAsAWholeAnswer() {
        String fields = "\"echo\":true,\"max_tokens\":8,\"temperature\":0";
        JsonNode whole = JSON.readTree(ask("\"An otter\"", fields));

        var text = new StringBuilder();
        for (String event : ask("\"An otter\"", fields + ",\"stream\":true").split("\n\n")) {
            if (event.startsWith("data: {")) {
                JsonNode chunk = JSON.readTree(event.substring("data: ".length()));
                assertThat(chunk.get("object").asString()).isEqualTo("text_completion");
                text.append(chunk.at("/choices/0/text").asString());
            }
        }

        assertThat(text).hasToString(whole.at("/choices/0/text").asString());
        assertThat(text.toString()).startsWith("An otter");
    }

    @Test
    void theModelSaysThatItCompletes() {
        JsonNode model =
                JSON.readTree(
                        send(HttpRequest.newBuilder(holt.url().resolve("/v1/models/llama3")))
                                .body());

        assertThat(model.get("abilities").toString()).contains("\"completions\"");
    }

    private static List<JsonNode> goldens() throws IOException {
        try (InputStream in = Fixtures.class.getResourceAsStream("completions.json")) {
            List<JsonNode> own = new ArrayList<>();
            JSON.readTree(in)
                    .forEach(golden -> {
                        if (golden.get("model").asString().equals("llama3")) {
                            own.add(golden);
                        }
                    });
            return own;
        }
    }

    private static String ask(String prompt, String fields) {
        HttpResponse<String> reply =
                send(
                        HttpRequest.newBuilder(holt.url().resolve("/v1/completions"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\":\"llama3\",\"prompt\":%s,%s}"
                                                        .formatted(prompt, fields))));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(
                        request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString())
                .join();
    }
}
