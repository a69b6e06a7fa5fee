package holt.worker.remote.comfyui;

import holt.worker.remote.FakeHttp;
import holt.worker.remote.FakeHttp.Exchange;
import holt.worker.remote.TestPictures;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes of ComfyUI 0.38 that Holt calls (commit 002c3fb), and of an older one where they differ (005f3ba). Their shapes are those of {@code
 * server.py}, {@code main.py} and {@code execution.py}.
 */
public final class FakeComfyUi implements AutoCloseable {
    /** A workflow with all places. */
    public static final String WORKFLOW =
            """
            {"3": {"class_type": "KSampler", "_meta": {"title": "holt:seed holt:steps holt:guidance holt:strength"},
                   "inputs": {"seed": 1, "steps": 20, "cfg": 8, "denoise": 1, "positive": ["6", 0], "negative": ["7", 0]}},
             "5": {"class_type": "EmptyLatentImage", "_meta": {"title": "Latent holt:size"},
                   "inputs": {"width": 512, "height": 512, "batch_size": 1}},
             "6": {"class_type": "CLIPTextEncode", "_meta": {"title": "holt:prompt"}, "inputs": {"text": "x", "clip": ["4", 1]}},
             "7": {"class_type": "CLIPTextEncode", "_meta": {"title": "holt:negative=text"}, "inputs": {"text": "", "clip": ["4", 1]}},
             "9": {"class_type": "PreviewImage", "_meta": {"title": "holt:output"}, "inputs": {"images": ["8", 0]}}}
            """;

    /** What a test makes of a prompt that runs. */
    @FunctionalInterface
    interface Render {
        void run(String prompt, Exchange socket) throws IOException;
    }

    public final BlockingQueue<JsonNode> prompts = new LinkedBlockingQueue<>();
    final BlockingQueue<String> uploads = new LinkedBlockingQueue<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<String, String> history = new ConcurrentHashMap<>();

    /** Completes when the running prompt was interrupted. */
    final CompletableFuture<String> interrupted = new CompletableFuture<>();

    volatile Render render = this::finish;

    /** Answers {@code POST /prompt} in place of the usual one. */
    volatile FakeHttp.@Nullable Handler add;

    volatile boolean drawsIds;
    volatile @Nullable String running;
    volatile byte[] picture = TestPictures.png(64, 32, 0);
    private final Map<String, Exchange> sockets = new ConcurrentHashMap<>();
    private final FakeHttp http;

    public FakeComfyUi() throws IOException {
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

    /** Renders as ComfyUI does: progress, the history, and last the end. */
    void finish(String prompt, Exchange socket) throws IOException {
        send(socket, "execution_start", "\"prompt_id\":\"%s\"".formatted(prompt));
        socket.frame(2, new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 9});
        progress(prompt, socket, 1);
        progress(prompt, socket, 2);
        history.put(
                prompt,
                "\"outputs\":{\"8\":{\"images\":[{\"filename\":\"other.png\",\"subfolder\":\"\",\"type\":\"output\"}]},\"9\":{\"images\":[{\"filename\":\"a b.png\",\"subfolder\":\"\",\"type\":\"temp\"}]}},\"status\":{\"status_str\":\"success\",\"completed\":true,\"messages\":[]},\"meta\":{}");
        end(prompt, socket);
    }

    void progress(String prompt, Exchange socket, int value) throws IOException {
        send(
                socket,
                "progress",
                "\"value\":%d,\"max\":2,\"prompt_id\":\"%s\",\"node\":\"3\""
                        .formatted(value, prompt));
    }

    void end(String prompt, Exchange socket) throws IOException {
        send(socket, "executing", "\"node\":null,\"prompt_id\":\"%s\"".formatted(prompt));
    }

    static void send(Exchange socket, String type, String data) throws IOException {
        socket.frame(
                1,
                "{\"type\":\"%s\",\"data\":{%s}}"
                        .formatted(type, data)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Renders until it is interrupted. */
    void runUntilInterrupted(String prompt, Exchange socket) throws IOException {
        progress(prompt, socket, 1);
        interrupted.join();
        send(
                socket,
                "execution_interrupted",
                "\"prompt_id\":\"%s\",\"node_id\":\"3\",\"node_type\":\"KSampler\",\"executed\":[]"
                        .formatted(prompt));
        end(prompt, socket);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private void answer(Exchange exchange) throws IOException {
        calls.add(exchange.method() + " " + exchange.path());
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /prompt" -> exchange.json(200, "{\"exec_info\":{\"queue_remaining\":0}}");
            case "GET /ws" -> {
                String client = exchange.target().replaceFirst(".*clientId=", "");
                exchange.upgrade();
                sockets.put(client, exchange);
                send(
                        exchange,
                        "status",
                        "\"status\":{\"exec_info\":{\"queue_remaining\":0}},\"sid\":\""
                                + client
                                + "\"");
                exchange.awaitClosed();
            }
            case "POST /prompt" -> add(exchange);
            case "POST /upload/image" -> {
                uploads.add(new String(exchange.body(), StandardCharsets.ISO_8859_1));
                exchange.json(
                        200,
                        "{\"name\":\"up%d.png\",\"subfolder\":\"\",\"type\":\"temp\"}"
                                .formatted(uploads.size()));
            }
            case "GET /view" -> exchange.bytes(200, "image/png", picture);
            case "GET /queue" ->
                    exchange.json(
                            200,
                            running == null
                                    ? "{\"queue_running\":[],\"queue_pending\":[]}"
                                    : "{\"queue_running\":[[0,\"%s\",{},{},[\"9\"]]],\"queue_pending\":[]}"
                                            .formatted(running));
            case "POST /queue" -> exchange.bytes(200, "text/plain", new byte[0]);
            case "POST /history" -> {
                history.remove(json(exchange).at("/delete/0").asString());
                exchange.bytes(200, "text/plain", new byte[0]);
            }
            case "POST /interrupt" -> {
                interrupted.complete(json(exchange).path("prompt_id").asString());
                exchange.bytes(200, "text/plain", new byte[0]);
            }
            default -> {
                String prompt = exchange.path().replaceFirst("/history/", "");
                String known = history.get(prompt);
                exchange.json(
                        200,
                        known == null
                                ? "{}"
                                : "{\"%s\":{\"prompt\":[],%s}}".formatted(prompt, known));
            }
        }
    }

    private void add(Exchange exchange) throws IOException {
        FakeHttp.Handler other = add;
        if (other != null) {
            other.answer(exchange);
            return;
        }
        JsonNode body = json(exchange);
        String prompt = drawsIds ? UUID.randomUUID().toString() : body.path("prompt_id").asString();
        running = prompt;
        prompts.add(body);
        exchange.json(
                200, "{\"prompt_id\":\"%s\",\"number\":1,\"node_errors\":{}}".formatted(prompt));
        try {
            render.run(prompt, sockets.get(body.path("client_id").asString()));
        } finally {
            running = null;
        }
    }

    private static JsonNode json(Exchange exchange) {
        return new JsonMapper().readTree(exchange.body());
    }
}
