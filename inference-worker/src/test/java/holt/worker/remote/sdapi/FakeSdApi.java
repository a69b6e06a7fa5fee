package holt.worker.remote.sdapi;

import holt.worker.remote.FakeHttp;
import holt.worker.remote.FakeHttp.Exchange;
import holt.worker.remote.TestPictures;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The routes of stable-diffusion-webui (commit 008a8e7) and of Forge (0bdbe79) that Holt calls. Their shapes are those of {@code
 * modules/api/api.py}, {@code modules/api/models.py} and {@code modules/progress.py}. One request runs at a time, and goes on after its
 * client has left.
 */
public final class FakeSdApi implements AutoCloseable {
    public final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    public final List<String> targets = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<String> models = new CopyOnWriteArrayList<>(List.of("v1-5-pruned"));

    /** Completes when the running request was interrupted. */
    public final CompletableFuture<Void> interrupted = new CompletableFuture<>();

    /** What a test makes of a request for pictures. */
    volatile FakeHttp.Handler pictures = this::finish;

    /** The id of the request that runs. */
    volatile @Nullable String active;

    volatile double progress = 0.25;

    private final FakeHttp http;

    public FakeSdApi() throws IOException {
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

    /** Answers with as many pictures as are asked for. */
    void finish(Exchange exchange) throws IOException {
        JsonNode body = json(exchange);
        int n = body.path("n_iter").asInt(1);
        String png =
                TestPictures.base64(body.path("width").asInt(512), body.path("height").asInt(512));
        String images = String.join(",", java.util.Collections.nCopies(n, '"' + png + '"'));
        exchange.json(
                200,
                "{\"images\":[" + images + "],\"parameters\":{},\"info\":\"{\\\"seed\\\": 1}\"}");
    }

    /** Runs until it is interrupted, whether or not the client stays. */
    void runUntilInterrupted(Exchange exchange) throws IOException {
        interrupted.join();
        finish(exchange);
    }

    /** The next request for pictures goes on until it is interrupted. */
    public void neverEnd() {
        pictures =
                exchange -> {
                    pictures = this::finish;
                    runUntilInterrupted(exchange);
                };
    }

    static JsonNode json(Exchange exchange) {
        return new JsonMapper().readTree(exchange.body());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private void answer(Exchange exchange) throws IOException {
        targets.add(exchange.path());
        switch (exchange.path()) {
            case "/sdapi/v1/sd-models" -> exchange.json(200, list());
            case "/sdapi/v1/txt2img", "/sdapi/v1/img2img" -> {
                JsonNode body = json(exchange);
                bodies.add(body);
                keys.add(String.valueOf(exchange.headers().get("authorization")));
                active = body.path("force_task_id").asString("");
                try {
                    pictures.answer(exchange);
                } finally {
                    active = null;
                }
            }
            case "/internal/progress" -> {
                boolean own = json(exchange).path("id_task").asString("").equals(active);
                exchange.json(
                        200,
                        "{\"active\":%s,\"queued\":false,\"completed\":false,\"progress\":%s,\"eta\":null,\"live_preview\":null,\"id_live_preview\":-1,\"textinfo\":\"Waiting...\"}"
                                .formatted(own, own ? progress : null));
            }
            case "/sdapi/v1/interrupt" -> {
                interrupted.complete(null);
                exchange.json(200, "{}");
            }
            default -> exchange.json(404, "{\"detail\":\"Not Found\"}");
        }
    }

    private String list() {
        return models.stream()
                .map(model ->
                        "{\"title\":\"%1$s.safetensors [6ce0161689]\",\"model_name\":\"%1$s\",\"hash\":\"6ce0161689\",\"sha256\":null,\"filename\":\"/m/%1$s.safetensors\",\"config\":null}"
                                .formatted(model))
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }
}
