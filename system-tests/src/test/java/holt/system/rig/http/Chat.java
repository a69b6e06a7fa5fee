package holt.system.rig.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import holt.protocol.ModelName;
import holt.system.rig.script.Script;
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

/** A chat client. It logs each request and its result. */
public final class Chat implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ClientLog log = new ClientLog();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /** Sends a request and waits for the answer. */
    public Answer ask(URI api, String script) {
        return askLater(api, script).join();
    }

    /** The future fails if the connection breaks. */
    public CompletableFuture<Answer> askLater(URI api, String script) {
        CompletableFuture<Answer> answer = send(api, script);
        log.add(Script.parse(script), result(answer));
        return answer;
    }

    /** Sends a request, streamed if the script says {@code stream=true}. The future never fails. */
    public CompletableFuture<ClientLog.Result> request(URI api, String script) {
        if (script.contains("stream=true")) {
            return requestStream(api, script);
        }
        CompletableFuture<ClientLog.Result> result = result(send(api, script));
        log.add(Script.parse(script), result);
        return result;
    }

    /** Requests a stream and reads it to its end. The future never fails. */
    public CompletableFuture<ClientLog.Result> requestStream(URI api, String script) {
        CompletableFuture<ClientLog.Result> result = post(api, body(script, true));
        log.add(Script.parse(script), result);
        return result;
    }

    /** Sends that body, which is for a real model, and reads the answer or stream to its end. The log leaves it out. The future never fails. */
    public CompletableFuture<ClientLog.Result> post(URI api, String json) {
        long started = System.nanoTime();
        HttpRequest request = postOf(api, json);
        return JSON.readTree(json).path("stream").asBoolean(false)
                ? http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                        .thenApplyAsync(
                                response -> ReadStream.toEnd(response, started),
                                Thread::startVirtualThread)
                        .exceptionally(broke -> ClientLog.Result.broken(broke, since(started)))
                : result(send(request));
    }

    /** Requests a stream and gives its lines as they arrive. The log leaves it out. */
    public CompletableFuture<HttpResponse<Stream<String>>> stream(URI api, String script) {
        return http.sendAsync(request(api, script, true), HttpResponse.BodyHandlers.ofLines());
    }

    /** Sends a request on a connection of its own and does not wait. Closing the socket disconnects the client. */
    public static Socket hold(URI api, String script) throws IOException {
        return send(new Socket(api.getHost(), api.getPort()), script, false);
    }

    /** Sends a request on that connection and does not read. */
    public static Socket send(Socket socket, String script, boolean stream) throws IOException {
        return send(socket, body(script, stream));
    }

    /** Sends that body on that connection and does not read. */
    public static Socket send(Socket socket, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
        return socket;
    }

    /** Whether the API instance lists the model; false if it is gone. */
    public boolean lists(URI api, ModelName model) {
        try {
            return get(api.resolve("/v1/models")).body().contains("\"" + model.value() + "\"");
        } catch (CompletionException gone) {
            return false;
        }
    }

    /** Whether the API instance with that management port is ready. */
    public boolean isReady(URI management) {
        try {
            return get(management.resolve("/health")).statusCode() == 200;
        } catch (CompletionException gone) {
            return false;
        }
    }

    /** A metric of the API instance with that management port, summed over its labels. */
    public double metric(URI management, String name) {
        return get(management.resolve("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public ClientLog log() {
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
        return send(request(api, script, false));
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(
                        response -> new Answer(response.statusCode(), response.body(), response));
    }

    private static CompletableFuture<ClientLog.Result> result(CompletableFuture<Answer> answer) {
        long started = System.nanoTime();
        return answer.handle((it, broke) ->
                it == null
                        ? ClientLog.Result.broken(broke, since(started))
                        : it.result(since(started)));
    }

    private static HttpRequest request(URI api, String script, boolean stream) {
        return postOf(api, body(script, stream));
    }

    private static HttpRequest postOf(URI api, String json) {
        return HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(180))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private static String body(String script, boolean stream) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(Script.parse(script).model(), stream, script);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** An HTTP response. */
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

        /** Whether it has the header {@code retry-after}. */
        public boolean hasRetryAfter() {
            return response.headers().firstValue("retry-after").isPresent();
        }

        /** The header {@code retry-after}. */
        public Duration retryAfter() {
            return Duration.ofSeconds(
                    response.headers().firstValueAsLong("retry-after").orElseThrow());
        }

        private ClientLog.Result result(Duration after) {
            return new ClientLog.Result(
                    status,
                    status == 200 ? 0 : code(),
                    status == 200 ? text() : "",
                    response.headers().firstValue("X-Holt-Job-Id").orElse(null),
                    true,
                    after);
        }
    }
}
