package holt.worker.remote.sdapi;

import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.FetchFailures;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import holt.worker.remote.CallEngine;
import holt.worker.remote.ReadJson;
import holt.worker.remote.RunPictures;
import holt.worker.remote.RunRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One task for pictures: one request, whose answer has them all. */
final class RunImages implements RunPictures.Run {
    private static final int LOOK_EVERY_MS = 500;

    private final Task.Images wanted;
    private final String model;
    private final PictureFiles files;
    private final CallEngine call;
    private final Duration silence;
    private final WatchTask watch;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    RunImages(
            Task.Images wanted,
            String model,
            PictureFiles files,
            CallEngine call,
            Consumer<Reply> replies,
            Duration silence) {
        this.wanted = wanted;
        this.model = model;
        this.files = files;
        this.call = call;
        this.silence = silence;
        this.watch =
                new WatchTask(
                        "task(holt-" + UUID.randomUUID() + ")",
                        call,
                        progress -> {
                            if (!result.isDone()) {
                                replies.accept(progress);
                            }
                        });
    }

    @Override
    public CompletableFuture<RunResult> result() {
        return result;
    }

    /** Returns once the engine has answered, which can be some time after a {@link #stop}. */
    @Override
    public void run() {
        try {
            byte[] body = SdBody.of(wanted, model, watch.id(), files);
            if (!result.isDone()) {
                send(body);
            }
        } catch (RuntimeException e) {
            result.complete(new RunResult(FetchFailures.outcome(e)));
        } finally {
            answered.complete(null);
        }
    }

    private void send(byte[] body) {
        String route = "/sdapi/v1/" + (wanted.edit() == null ? "txt2img" : "img2img");
        var request = new RunRequest(call.post(route, body), result, "prompt");
        Future<?> look =
                call.timer()
                        .scheduleWithFixedDelay(
                                () -> look(request),
                                LOOK_EVERY_MS,
                                LOOK_EVERY_MS,
                                TimeUnit.MILLISECONDS);
        try {
            request.run(silence, call.timer(), this::read);
        } finally {
            look.cancel(false);
        }
    }

    private void look(RunRequest request) {
        // Not on the timer's thread, which all requests share.
        Thread.startVirtualThread(() -> {
            if (watch.look()) {
                request.sign();
            }
        });
    }

    private void read(InputStream in) throws IOException {
        JsonNode answer = ReadJson.all(in);
        var pictures = new ArrayList<byte[]>();
        for (JsonNode picture : answer.path("images")) {
            if (pictures.size() < wanted.n()) {
                pictures.add(ReadJson.base64(picture));
            }
        }
        if (pictures.size() < wanted.n()) {
            throw new IllegalArgumentException("too few pictures");
        }
        if (!result.isDone()) {
            result.complete(files.finish(wanted, pictures));
        }
    }

    /** Interrupts the engine. Its answer ends the request. */
    @Override
    public void stop() {
        Thread.startVirtualThread(() -> watch.interrupt(answered, silence));
    }
}
