package holt.worker.models;

import holt.engine.EngineFailure;
import holt.engine.image.Edit;
import holt.engine.image.ImageEvent;
import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import holt.engine.image.picture.ResizePicture;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.store.PictureKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Maps the engine's events of one request for pictures to replies and a result. The engine's thread calls it and never waits for it. */
final class MapImageEvents implements Consumer<ImageEvent> {
    private final Task.Images wanted;
    private final PictureKeys keys;
    private final Consumer<Reply> replies;
    private final EngineFailures failures;
    private final Executor encoder;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final List<CompletableFuture<Encoded>> pictures = new ArrayList<>();
    private volatile @Nullable Edit edit;

    private record Encoded(Upload upload, Outcome.Picture picture) {}

    /** @param encoder resizes and encodes the pictures */
    MapImageEvents(
            Task.Images wanted,
            PictureKeys keys,
            Consumer<Reply> replies,
            EngineFailures failures,
            Executor encoder) {
        this.wanted = wanted;
        this.keys = keys;
        this.replies = replies;
        this.failures = failures;
        this.encoder = encoder;
    }

    /** Completes when all pictures are encoded, or with the failure. */
    CompletableFuture<RunResult> result() {
        return result;
    }

    /** Sets the source of the edit. Comes before the engine's first event. */
    void startFrom(Edit source) {
        edit = source;
    }

    @Override
    public void accept(ImageEvent event) {
        switch (event) {
            case ImageEvent.Started _ -> {}
            case ImageEvent.Progress(int done, int total) -> {
                if (!result.isDone()) {
                    replies.accept(new Reply.Progress(done, total));
                }
            }
            case ImageEvent.PictureDone(int index, Picture picture) -> {
                if (!result.isDone()) {
                    pictures.add(
                            CompletableFuture.supplyAsync(() -> encoded(index, picture), encoder));
                }
            }
            case ImageEvent.Finished _ -> finish();
            case ImageEvent.Failed(EngineFailure failure) ->
                    result.complete(failures.result(failure));
            case ImageEvent.Cancelled _ -> result.complete(new RunResult(new Outcome.Cancelled()));
        }
    }

    private Encoded encoded(int index, Picture rendered) {
        Picture picture = resized(rendered);
        var upload =
                new Upload(
                        keys.next(wanted.outputFormat().label()),
                        EncodePicture.as(wanted.outputFormat(), picture),
                        wanted.outputFormat().contentType());
        Long seed = wanted.seed();
        return new Encoded(
                upload,
                new Outcome.Picture(
                        upload.key(),
                        picture.width(),
                        picture.height(),
                        upload.contentType(),
                        seed == null ? null : seed + index));
    }

    private Picture resized(Picture rendered) {
        Integer width = wanted.width();
        Integer height = wanted.height();
        if (width == null
                || height == null
                || (width == rendered.width() && height == rendered.height())) {
            return rendered;
        }
        Picture picture = ResizePicture.to(rendered, width, height);
        Edit from = edit;
        Mask mask = from == null ? null : from.mask();
        // The engine kept the pixels outside of the mask, but resizing them twice blurs them.
        return from == null || mask == null
                ? picture
                : mask.keepingOutside(ResizePicture.to(from.source(), width, height), picture);
    }

    private void finish() {
        var all = List.copyOf(pictures);
        var _ =
                CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                complete(all.stream().map(CompletableFuture::join).toList());
                            } else {
                                result.complete(failures.internal(failure.toString()));
                            }
                        });
    }

    private void complete(List<Encoded> all) {
        var outcome =
                new Outcome.ImagesCompleted(
                        all.stream().map(Encoded::picture).toList(), wanted.responseFormat());
        result.complete(new RunResult(outcome, all.stream().map(Encoded::upload).toList(), ""));
    }
}
