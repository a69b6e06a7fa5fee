package holt.worker.models;

import holt.engine.EngineFailure;
import holt.engine.image.Edit;
import holt.engine.image.ImageEvent;
import holt.engine.image.picture.Picture;
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
    private final FinishPicture finisher;
    private final Consumer<Reply> replies;
    private final EngineFailures failures;
    private final Executor encoder;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();
    private final List<CompletableFuture<FinishPicture.Finished>> pictures = new ArrayList<>();
    private volatile @Nullable Edit edit;

    /** @param encoder resizes and encodes the pictures */
    MapImageEvents(
            Task.Images wanted,
            PictureKeys keys,
            Consumer<Reply> replies,
            EngineFailures failures,
            Executor encoder) {
        this.wanted = wanted;
        this.finisher = new FinishPicture(wanted, keys);
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
                            CompletableFuture.supplyAsync(
                                    () -> finisher.finish(index, picture, edit), encoder));
                }
            }
            case ImageEvent.Finished _ -> finish();
            case ImageEvent.Failed(EngineFailure failure) ->
                    result.complete(failures.result(failure));
            case ImageEvent.Cancelled _ -> result.complete(new RunResult(new Outcome.Cancelled()));
        }
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

    private void complete(List<FinishPicture.Finished> all) {
        result.complete(finisher.result(all, null));
    }
}
