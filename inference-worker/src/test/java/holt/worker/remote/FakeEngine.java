package holt.worker.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAI-compatible server whose answers a test scripts. Its defaults are those of vLLM 0.32: no {@code /props}, an empty {@code /health}. */
final class FakeEngine implements AutoCloseable {
    static final String DONE = "data: [DONE]\n\n";

    /** What a test makes of one chat. */
    @FunctionalInterface
    interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    final List<String> models = new CopyOnWriteArrayList<>(List.of("tiny"));
    final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    final BlockingQueue<String> traces = new LinkedBlockingQueue<>();

    /** Completes when a client has closed the connection of a chat. */
    final CompletableFuture<Void> closed = new CompletableFuture<>();

    volatile int health = 200;
    volatile @Nullable String props;
    volatile @Nullable String metrics;
    volatile Answer chat = exchange -> sse(exchange, delta("Hi"), finish("stop"), DONE);

    /** Null: the engine has no such route. */
    volatile @Nullable Answer completions;

    /** Null: the engine has no such route. */
    volatile @Nullable Answer embeddings;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    FakeEngine() throws IOException {
        server = start(0);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void stop() {
        server.stop(0);
    }

    void startAgain() throws IOException {
        server = start(server.getAddress().getPort());
    }

    static String delta(String content) {
        return chunk("{\"content\":\"" + content + "\"}", "null");
    }

    static String finish(String reason) {
        return chunk("{}", "\"" + reason + "\"");
    }

    static String chunk(String delta, String reason) {
        return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + reason
                + "}]}\n\n";
    }

    /** Writes these events as a whole answer. */
    static void sse(HttpExchange exchange, String... events) throws IOException {
        OutputStream out = begin(exchange);
        for (String event : events) {
            out.write(event.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** Repeats this event until the client closes the connection. */
    void repeat(HttpExchange exchange, String event) throws IOException {
        OutputStream out = begin(exchange);
        try {
            while (true) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            closed.complete(null);
            throw e;
        }
    }

    static void json(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private HttpServer start(int port) throws IOException {
        HttpServer started =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setExecutor(threads);
        started.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answer(exchange);
                    }
                });
        started.start();
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> exchange.sendResponseHeaders(health, -1);
            case "/v1/models" -> json(exchange, 200, list());
            case "/v1/chat/completions" -> answer(exchange, chat, "messages");
            case "/v1/completions" -> answer(exchange, completions, "prompt");
            case "/v1/embeddings" -> answer(exchange, embeddings, "input");
            case "/props" -> {
                String known = props;
                json(exchange, known == null ? 404 : 200, known == null ? "{}" : known);
            }
            case "/metrics" -> {
                String known = metrics;
                json(exchange, known == null ? 404 : 200, known == null ? "" : known);
            }
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private void answer(HttpExchange exchange, @Nullable Answer answer, String needed)
            throws IOException {
        JsonNode body = new JsonMapper().readTree(exchange.getRequestBody());
        if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (!body.has(needed)) {
            json(exchange, 400, "{}");
        } else {
            bodies.add(body);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            traces.add(
                    exchange.getRequestHeaders().getFirst("traceparent")
                            + " "
                            + exchange.getRequestHeaders().getFirst("tracestate"));
            answer.write(exchange);
        }
    }

    private String list() {
        return models.stream()
                .map(model -> "{\"id\":\"" + model + "\",\"created\":1,\"max_model_len\":4096}")
                .collect(
                        java.util.stream.Collectors.joining(
                                ",", "{\"object\":\"list\",\"data\":[", "]}"));
    }
}
