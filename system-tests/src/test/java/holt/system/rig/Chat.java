package holt.system.rig;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A client as users write one. */
public final class Chat implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /** Asks and waits. */
    public Answer ask(URI api, String script) {
        return askLater(api, script).join();
    }

    public CompletableFuture<Answer> askLater(URI api, String script) {
        return http.sendAsync(request(api, script, false), HttpResponse.BodyHandlers.ofString())
                .thenApply(
                        response -> new Answer(response.statusCode(), response.body(), response));
    }

    /** Asks for a stream; its lines come as they are sent. */
    public CompletableFuture<HttpResponse<Stream<String>>> stream(URI api, String script) {
        return http.sendAsync(request(api, script, true), HttpResponse.BodyHandlers.ofLines());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static HttpRequest request(URI api, String script, boolean stream) {
        return HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(180))
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"scripted\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                                        .formatted(stream, script)))
                .build();
    }

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<?> response) {
        public String text() {
            return JSON.readTree(body).at("/choices/0/message/content").asString();
        }

        public int code() {
            return JSON.readTree(body).path("code").asInt();
        }

        public String jobId() {
            return response.headers().firstValue("X-Holt-Job-Id").orElseThrow();
        }
    }
}
