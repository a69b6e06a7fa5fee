package holt.worker.remote;

import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.Task;
import holt.worker.models.FetchFailures;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One task for pictures in OpenAI's API: one request, and one more for each picture that the answer only names. */
final class RunImages {
    private final Task.Images wanted;
    private final String model;
    private final PictureFiles files;
    private final CallEngine call;
    private final EngineSettings settings;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final List<JsonNode> answered = new ArrayList<>();
    private Outcome.@Nullable PictureUsage usage;
    private volatile @Nullable RunRequest request;

    RunImages(
            Task.Images wanted,
            String model,
            PictureFiles files,
            CallEngine call,
            EngineSettings settings) {
        this.wanted = wanted;
        this.model = model;
        this.files = files;
        this.call = call;
        this.settings = settings;
    }

    CompletableFuture<RunResult> result() {
        return result;
    }

    /** Returns once there is a result. */
    void run() {
        CompletableFuture<HttpResponse<InputStream>> sent;
        try {
            sent = send();
        } catch (RuntimeException e) {
            result.complete(new RunResult(FetchFailures.outcome(e)));
            return;
        }
        read(sent, this::readAnswer);
        try {
            var pictures = new ArrayList<byte[]>();
            for (JsonNode each : answered) {
                if (!result.isDone() && pictures.size() < wanted.n()) {
                    add(each, pictures);
                }
            }
            if (!result.isDone()) {
                require(pictures.size() == wanted.n(), "too few pictures");
                result.complete(files.finish(wanted, pictures, usage));
            }
        } catch (RuntimeException e) {
            // The message may hold the engine's bytes.
            result.complete(
                    ReadRefusal.failed(
                            "the engine's answer is malformed: " + e.getClass().getName()));
        }
    }

    /** Closes the connection. */
    void close() {
        RunRequest open = request;
        if (open != null) {
            open.close();
        }
    }

    private CompletableFuture<HttpResponse<InputStream>> send() {
        PictureEdit edit = wanted.edit();
        return edit == null
                ? call.post("/v1/images/generations", ImagesBody.json(wanted, model))
                : call.post("/v1/images/edits", ImagesBody.form(wanted, edit, model, files));
    }

    private void read(
            CompletableFuture<HttpResponse<InputStream>> sent, RunRequest.ReadAnswer read) {
        var next = new RunRequest(sent, result, "prompt");
        request = next;
        next.run(settings.silence(), call.timer(), read);
    }

    private void readAnswer(InputStream in) throws IOException {
        JsonNode answer = ReadJson.all(in);
        answer.path("data").forEach(answered::add);
        JsonNode counted = answer.path("usage");
        if (counted.path("total_tokens").asInt(0) > 0) {
            JsonNode input = counted.path("input_tokens_details");
            usage =
                    new Outcome.PictureUsage(
                            counted.path("input_tokens").asInt(0),
                            input.path("image_tokens").asInt(0),
                            input.path("text_tokens").asInt(0),
                            counted.path("output_tokens").asInt(0));
        }
    }

    private void add(JsonNode picture, List<byte[]> pictures) {
        if (picture.path("b64_json").isString()) {
            pictures.add(ReadJson.base64(picture.get("b64_json")));
            return;
        }
        String url = picture.path("url").asString("");
        if (url.startsWith("data:")) {
            pictures.add(ReadJson.base64(picture.get("url")));
            return;
        }
        require(!url.isEmpty(), "neither a picture nor its URL");
        read(call.openOwn(url), in -> pictures.add(ReadJson.bytes(in)));
    }

    private static void require(boolean valid, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(expected);
        }
    }
}
