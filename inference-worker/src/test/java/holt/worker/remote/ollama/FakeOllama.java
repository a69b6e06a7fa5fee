package holt.worker.remote.ollama;

import holt.worker.remote.FakeHttp;
import holt.worker.remote.FakeHttp.Exchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of Ollama that Holt calls. Their shapes are those of {@code api/types.go} and {@code server/routes.go} at commit fb30760. */
public final class FakeOllama implements AutoCloseable {
    public final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();

    /** Completes when a client has closed the connection of a chat that goes on. */
    public final CompletableFuture<Void> closed = new CompletableFuture<>();

    final List<String> models = new CopyOnWriteArrayList<>(List.of("tiny:latest"));
    volatile String capabilities = "\"completion\",\"tools\",\"thinking\"";
    volatile String parameters = "temperature                    0.7";
    volatile FakeHttp.Handler chat = exchange -> lines(exchange, content("Hi"), done("stop"));
    volatile FakeHttp.Handler embed =
            exchange ->
                    exchange.json(
                            200,
                            "{\"model\":\"tiny:latest\",\"embeddings\":[[0.6,0.8],[1,0]],\"total_duration\":1,\"load_duration\":1,\"prompt_eval_count\":5}");
    private final FakeHttp http;

    public FakeOllama() throws IOException {
        http = new FakeHttp(this::answer);
    }

    public URI url() {
        return http.url();
    }

    void stop() throws IOException {
        http.stop();
    }

    void startAgain() throws IOException {
        http.startAgain();
    }

    static String content(String text) {
        return message("\"content\":\"" + text + "\"");
    }

    static String message(String fields) {
        return line("{\"role\":\"assistant\"," + fields + "}", ",\"done\":false");
    }

    static String done(String reason) {
        return line(
                "{\"role\":\"assistant\",\"content\":\"\"}",
                ",\"done\":true,\"done_reason\":\""
                        + reason
                        + "\",\"total_duration\":9,\"load_duration\":1,\"prompt_eval_count\":7,\"prompt_eval_duration\":1,\"eval_count\":3,\"eval_duration\":1");
    }

    private static String line(String message, String rest) {
        return "{\"model\":\"tiny:latest\",\"created_at\":\"2026-08-21T18:48:22.1Z\",\"message\":"
                + message
                + rest
                + "}\n";
    }

    /** A whole stream of these lines. */
    static void lines(Exchange exchange, String... lines) throws IOException {
        begin(exchange, lines);
        exchange.end();
    }

    /** The beginning of a stream. */
    static void begin(Exchange exchange, String... lines) throws IOException {
        exchange.begin("application/x-ndjson");
        for (String line : lines) {
            exchange.chunk(line);
        }
    }

    /** Writes until the client closes the connection. */
    public void repeat(Exchange exchange, String text) throws IOException {
        exchange.begin("application/x-ndjson");
        try {
            while (true) {
                exchange.chunk(text);
            }
        } catch (IOException e) {
            closed.complete(null);
            throw e;
        }
    }

    /** The next chat goes on until the client leaves. */
    public void neverEnd() {
        FakeHttp.Handler usual = chat;
        chat =
                exchange -> {
                    chat = usual;
                    repeat(exchange, content("more "));
                };
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private void answer(Exchange exchange) throws IOException {
        switch (exchange.path()) {
            case "/api/tags" -> exchange.json(200, tags());
            case "/api/show" ->
                    exchange.json(
                            200,
                            "{\"parameters\":\"%s\",\"details\":{\"format\":\"gguf\",\"family\":\"llama\"},\"model_info\":{\"general.architecture\":\"llama\",\"llama.context_length\":8192,\"llama.embedding_length\":2},\"capabilities\":[%s],\"modified_at\":\"2026-08-21T18:48:22.1Z\"}"
                                    .formatted(parameters, capabilities));
            case "/api/chat" -> {
                bodies.add(new JsonMapper().readTree(exchange.body()));
                chat.answer(exchange);
            }
            case "/api/embed" -> {
                bodies.add(new JsonMapper().readTree(exchange.body()));
                embed.answer(exchange);
            }
            default -> exchange.bytes(404, "text/plain", "404 page not found".getBytes());
        }
    }

    private String tags() {
        return models.stream()
                .map(model ->
                        "{\"name\":\"%1$s\",\"model\":\"%1$s\",%2$s\"modified_at\":\"2026-08-21T18:48:22.123456789+02:00\",\"size\":1,\"digest\":\"d\",\"details\":{\"format\":\"gguf\",\"family\":\"llama\"}}"
                                .formatted(
                                        model,
                                        model.endsWith("-cloud")
                                                ? "\"remote_model\":\"m\",\"remote_host\":\"https://elsewhere:443\","
                                                : ""))
                .collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }
}
