package holt.system.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import holt.protocol.ModelName;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A client as users write one. It remembers what it asked and what it was told. */
public final class Chat implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ClientLog log = new ClientLog();
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

    /** Fails when the connection does. */
    public CompletableFuture<Answer> askLater(URI api, String script) {
        CompletableFuture<Answer> answer = send(api, script);
        log.add(Script.parse(script), told(answer));
        return answer;
    }

    /** Asks, by a stream where the script says {@code stream=true}, and tells how it ended; never fails. */
    public CompletableFuture<ClientLog.Told> tell(URI api, String script) {
        if (script.contains("stream=true")) {
            return streamLater(api, script);
        }
        CompletableFuture<ClientLog.Told> told = told(send(api, script));
        log.add(Script.parse(script), told);
        return told;
    }

    /** Asks for a stream and reads it to its end. */
    public CompletableFuture<ClientLog.Told> streamLater(URI api, String script) {
        long begun = System.nanoTime();
        CompletableFuture<ClientLog.Told> told =
                http.sendAsync(request(api, script, true), HttpResponse.BodyHandlers.ofLines())
                        .thenApplyAsync(
                                response -> ReadStream.toItsEnd(response, begun),
                                Thread::startVirtualThread)
                        .exceptionally(broke -> ClientLog.Told.broken(broke, since(begun)));
        log.add(Script.parse(script), told);
        return told;
    }

    /** Asks for a stream; its lines come as they are sent. What it brings is not remembered. */
    public CompletableFuture<HttpResponse<Stream<String>>> stream(URI api, String script) {
        return http.sendAsync(request(api, script, true), HttpResponse.BodyHandlers.ofLines());
    }

    /** Asks on a connection of its own and does not wait: closing it hangs up. */
    public static Socket hold(URI api, String script) throws IOException {
        return send(new Socket(api.getHost(), api.getPort()), script, false);
    }

    /** Asks for a stream on that connection, which the caller reads or does not. */
    public static Socket send(Socket socket, String script, boolean stream) throws IOException {
        byte[] body = body(script, stream).getBytes(UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
        return socket;
    }

    /** Whether that API instance offers the model. */
    public boolean lists(URI api, ModelName model) {
        return get(api.resolve("/v1/models")).body().contains("\"" + model.value() + "\"");
    }

    /** Whether that API instance takes requests, by its management port. */
    public boolean isReady(Cluster.Api api) {
        try {
            return get(api.management().resolve("/health")).statusCode() == 200;
        } catch (CompletionException gone) {
            return false;
        }
    }

    /** A metric of that API instance, summed over its labels. */
    public double metric(Cluster.Api api, String name) {
        return get(api.management().resolve("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    ClientLog log() {
        return log;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> get(URI url) {
        return http.sendAsync(
                        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private CompletableFuture<Answer> send(URI api, String script) {
        return http.sendAsync(request(api, script, false), HttpResponse.BodyHandlers.ofString())
                .thenApply(
                        response -> new Answer(response.statusCode(), response.body(), response));
    }

    private static CompletableFuture<ClientLog.Told> told(CompletableFuture<Answer> answer) {
        long begun = System.nanoTime();
        return answer.handle((it, broke) ->
                it == null ? ClientLog.Told.broken(broke, since(begun)) : it.told(since(begun)));
    }

    private static HttpRequest request(URI api, String script, boolean stream) {
        return HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(180))
                .POST(HttpRequest.BodyPublishers.ofString(body(script, stream)))
                .build();
    }

    private static String body(String script, boolean stream) {
        return "{\"model\":\"scripted\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, script);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
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

        /** Whether it says when to come again. */
        public boolean saysRetryAfter() {
            return response.headers().firstValue("retry-after").isPresent();
        }

        /** When it says to come again. */
        public Duration retryAfter() {
            return Duration.ofSeconds(
                    response.headers().firstValueAsLong("retry-after").orElseThrow());
        }

        private ClientLog.Told told(Duration after) {
            return new ClientLog.Told(
                    status,
                    status == 200 ? 0 : code(),
                    status == 200 ? text() : "",
                    response.headers().firstValue("X-Holt-Job-Id").orElse(null),
                    true,
                    after);
        }
    }
}
