package holt.worker.run;

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

/** What the engine says of one request for pictures, as replies and an outcome. Told by the engine's thread, which it does not hold up. */
final class ImageAnswer {
    private final Task.Images wanted;
    private final PictureKeys keys;
    private final Consumer<Reply> replies;
    private final EngineTrouble trouble;
    private final Executor encoder;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<CompletableFuture<Encoded>> pictures = new ArrayList<>();
    private volatile @Nullable Edit edit;
    private volatile List<Upload> uploads = List.of();

    private record Encoded(Upload upload, Outcome.Picture picture) {}

    /** @param encoder brings pictures to their size and encodes them */
    ImageAnswer(
            Task.Images wanted,
            PictureKeys keys,
            Consumer<Reply> replies,
            EngineTrouble trouble,
            Executor encoder) {
        this.wanted = wanted;
        this.keys = keys;
        this.replies = replies;
        this.trouble = trouble;
        this.encoder = encoder;
    }

    /** Completed when the pictures are encoded, or will not come. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** The pictures of the outcome; none if it is another's. */
    List<Upload> uploads() {
        return outcome.getNow(null) instanceof Outcome.ImagesCompleted ? uploads : List.of();
    }

    /** What the pictures are made from; said before the engine says anything. */
    void startsFrom(Edit source) {
        edit = source;
    }

    void on(ImageEvent event) {
        switch (event) {
            case ImageEvent.Started _ -> {}
            case ImageEvent.Progress(int done, int total) -> {
                if (!outcome.isDone()) {
                    replies.accept(new Reply.Progress(done, total));
                }
            }
            case ImageEvent.PictureDone(int index, Picture picture) -> {
                if (!outcome.isDone()) {
                    pictures.add(
                            CompletableFuture.supplyAsync(() -> encoded(index, picture), encoder));
                }
            }
            case ImageEvent.Finished _ -> finish();
            case ImageEvent.Failed(EngineFailure failure) ->
                    outcome.complete(trouble.outcome(failure));
            case ImageEvent.Cancelled _ -> outcome.complete(new Outcome.Cancelled());
        }
    }

    private Encoded encoded(int index, Picture rendered) {
        Picture picture = inItsSize(rendered);
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

    private Picture inItsSize(Picture rendered) {
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
        // The engine has kept what is outside of the mask; to bring it to another size and back
        // blurs it.
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
                                outcome.complete(trouble.internal(failure.toString()));
                            }
                        });
    }

    private void complete(List<Encoded> all) {
        uploads = all.stream().map(Encoded::upload).toList();
        outcome.complete(
                new Outcome.ImagesCompleted(
                        all.stream().map(Encoded::picture).toList(), wanted.responseFormat()));
    }
}
