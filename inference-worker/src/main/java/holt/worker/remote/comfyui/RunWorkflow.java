package holt.worker.remote.comfyui;

import holt.protocol.PictureEdit;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.FetchFailures;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import holt.worker.remote.CallEngine;
import holt.worker.remote.ReadJson;
import holt.worker.remote.ReadRefusal;
import holt.worker.remote.RunPictures;
import holt.worker.remote.RunRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One task for pictures: a prompt for each, one after the other, so that each has a seed of its own. */
final class RunWorkflow implements RunPictures.Run {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorkflow.class);

    private final Task.Images wanted;
    private final Workflow workflow;
    private final PictureFiles files;
    private final CallEngine call;
    private final Prompts prompts;
    private final Consumer<Reply> replies;
    private final Duration silence;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final List<byte[]> pictures = new ArrayList<>();
    private final FollowPrompt follow = new FollowPrompt(this::publish);
    private volatile @Nullable String running;

    RunWorkflow(
            Task.Images wanted,
            Workflow workflow,
            PictureFiles files,
            CallEngine call,
            Consumer<Reply> replies,
            Duration silence) {
        this.wanted = wanted;
        this.workflow = workflow;
        this.files = files;
        this.call = call;
        this.prompts = new Prompts(call);
        this.replies = replies;
        this.silence = silence;
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result;
    }

    @Override
    public void run() {
        @Nullable WebSocket socket = null;
        try {
            String client = UUID.randomUUID().toString();
            socket =
                    call.listen("/ws?clientId=" + client, follow)
                            .orTimeout(silence.toMillis(), TimeUnit.MILLISECONDS)
                            .join();
            FillWorkflow fill = fill();
            while (pictures.size() < wanted.n() && !result.isDone()) {
                render(fill.of(pictures.size()), client);
            }
            if (!result.isDone()) {
                result.complete(files.finish(wanted, pictures));
            }
        } catch (IOException e) {
            result.complete(ReadRefusal.failed("the connection to the engine was lost"));
        } catch (CompletionException e) {
            result.complete(unreachable(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The message may hold the engine's bytes.
            result.complete(
                    ReadRefusal.failed(
                            "the engine's answer is malformed: " + e.getClass().getName()));
        } finally {
            result.complete(ReadRefusal.failed("the worker ends"));
            if (socket != null) {
                socket.abort();
            }
        }
    }

    /** The meaning of a WebSocket that did not open. */
    private static RunResult unreachable(@Nullable Throwable cause) {
        boolean full =
                cause instanceof WebSocketHandshakeException refused
                        && Set.of(429, 503).contains(refused.getResponse().statusCode());
        return full || cause instanceof ConnectException
                ? RunResult.turnedAway(ReadRefusal.NO_ROOM)
                : ReadRefusal.failed("the engine's WebSocket does not open");
    }

    private FillWorkflow fill() throws IOException, InterruptedException {
        PictureEdit edit = wanted.edit();
        if (edit == null) {
            return new FillWorkflow(workflow, wanted, List.of(), null);
        }
        var sources = new ArrayList<byte[]>();
        byte @Nullable [] mask;
        try {
            sources.add(files.source(edit.source()));
            edit.further().forEach(other -> sources.add(files.source(other)));
            mask = edit.mask() == null ? null : files.source(edit.mask());
        } catch (RuntimeException e) {
            result.complete(new RunResult(FetchFailures.outcome(e)));
            return new FillWorkflow(workflow, wanted, List.of(), null);
        }
        var uploaded = new ArrayList<String>();
        for (byte[] source : sources) {
            uploaded.add(prompts.upload(source));
        }
        return new FillWorkflow(
                workflow, wanted, uploaded, mask == null ? null : prompts.upload(mask));
    }

    /** Runs the workflow once. */
    private void render(JsonNode filled, String client) throws IOException, InterruptedException {
        String wish = UUID.randomUUID().toString();
        follow.follow(wish);
        HttpResponse<byte[]> added = prompts.add(filled, wish, client);
        if (added.statusCode() != 200) {
            result.complete(ReadRefusal.of(added.statusCode(), added.body(), "prompt"));
            return;
        }
        String prompt = Prompts.id(ReadJson.of(added.body()));
        if (!prompt.equals(wish)) {
            follow.follow(prompt);
        }
        running = prompt;
        if (result.isDone()) {
            cancel(prompt);
            return;
        }
        @Nullable RunResult failure =
                follow.await(silence, () -> prompts.history(prompt).isObject());
        if (failure != null) {
            if (!result.isDone()) {
                cancel(prompt);
            }
            result.complete(failure);
            return;
        }
        JsonNode history = prompts.history(prompt);
        prompts.forget(prompt);
        if (history.at("/status/status_str").asString("").equals("error")) {
            result.complete(ReadRefusal.failed("the workflow failed"));
        } else {
            fetch(history.path("outputs"));
        }
    }

    private void fetch(JsonNode outputs) {
        JsonNode image = first(outputs);
        String file =
                "/view?filename=%s&subfolder=%s&type=%s"
                        .formatted(
                                encoded(image, "filename"),
                                encoded(image, "subfolder"),
                                encoded(image, "type"));
        var request = new RunRequest(call.open(file), result, "prompt");
        request.run(silence, call.timer(), in -> pictures.add(ReadJson.bytes(in)));
    }

    /** A workflow's outputs come before what it only previews. */
    private JsonNode first(JsonNode outputs) {
        @Nullable JsonNode preview = null;
        for (Map.Entry<String, JsonNode> node : outputs.properties()) {
            JsonNode image = node.getValue().path("images").path(0);
            if (workflow.isOutput(node.getKey()) && image.isObject()) {
                if (image.path("type").asString("").equals("output")) {
                    return image;
                }
                preview = image;
            }
        }
        if (preview == null) {
            throw new IllegalArgumentException("no picture");
        }
        return preview;
    }

    private static String encoded(JsonNode image, String field) {
        return URLEncoder.encode(image.path(field).asString(""), StandardCharsets.UTF_8);
    }

    private void publish(int done, int total) {
        if (total > 0 && !result.isDone()) {
            replies.accept(new Reply.Progress(pictures.size() * total + done, wanted.n() * total));
        }
    }

    /** Ends the prompt in the engine. */
    @Override
    public void stop() {
        String prompt = running;
        if (prompt != null) {
            Thread.startVirtualThread(() -> {
                cancel(prompt);
                follow.lose();
            });
        }
    }

    private void cancel(String prompt) {
        try {
            prompts.cancel(prompt);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("a cancelled workflow could not be ended; the engine runs it to its end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
