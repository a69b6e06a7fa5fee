package holt.system.rig.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /v1/jobs}, which also sends headers with its chats. */
public final class Jobs implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /** An HTTP response with its parsed body. */
    public record Reply(int status, JsonNode body, String jobId, String location) {
        public String text() {
            return body.at("/choices/0/message/content").asString();
        }

        public int code() {
            return body.path("code").asInt();
        }
    }

    /** @param headers name, value, and so on */
    public CompletableFuture<Reply> ask(URI api, String script, String... headers) {
        String body =
                "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(script);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(180))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        return http.sendAsync(
                        headers.length == 0 ? request.build() : request.headers(headers).build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(Jobs::reply);
    }

    public Reply get(URI api, String job) {
        return send(HttpRequest.newBuilder(api.resolve("/v1/jobs/" + job)).build());
    }

    public Reply cancel(URI api, String job) {
        return send(HttpRequest.newBuilder(api.resolve("/v1/jobs/" + job)).DELETE().build());
    }

    /** The job's status as that instance shows it. */
    public String status(URI api, String job) {
        return get(api, job).body().path("status").asString();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Reply send(HttpRequest request) {
        try {
            return reply(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(
                response.statusCode(),
                JSON.readTree(response.body()),
                response.headers().firstValue("X-Holt-Job-Id").orElse(""),
                response.headers().firstValue("Location").orElse(""));
    }
}
