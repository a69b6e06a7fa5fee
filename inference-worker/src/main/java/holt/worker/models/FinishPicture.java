package holt.worker.models;

import holt.engine.image.Edit;
import holt.engine.image.picture.Mask;
import holt.engine.image.picture.Picture;
import holt.engine.image.picture.ResizePicture;
import holt.protocol.Outcome;
import holt.protocol.Task;
import holt.store.PictureKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the pictures of one request their size, format and key. */
final class FinishPicture {
    private final Task.Images wanted;
    private final PictureKeys keys;

    /** A finished picture, and what its outcome says of it. */
    record Finished(Upload upload, Outcome.Picture picture) {}

    FinishPicture(Task.Images wanted, PictureKeys keys) {
        this.wanted = wanted;
        this.keys = keys;
    }

    /** @param from the edit that it comes from; null: none */
    Finished finish(int index, Picture rendered, @Nullable Edit from) {
        Picture picture = resized(rendered, from);
        var upload =
                new Upload(
                        keys.next(wanted.outputFormat().label()),
                        EncodePicture.as(wanted.outputFormat(), picture),
                        wanted.outputFormat().contentType());
        Long seed = wanted.seed();
        return new Finished(
                upload,
                new Outcome.Picture(
                        upload.key(),
                        picture.width(),
                        picture.height(),
                        upload.contentType(),
                        seed == null ? null : seed + index));
    }

    /** @param usage null if the engine counts no tokens */
    RunResult result(List<Finished> all, Outcome.@Nullable PictureUsage usage) {
        var outcome =
                new Outcome.ImagesCompleted(
                        all.stream().map(Finished::picture).toList(),
                        wanted.responseFormat(),
                        usage);
        return new RunResult(outcome, all.stream().map(Finished::upload).toList(), "");
    }

    private Picture resized(Picture rendered, @Nullable Edit from) {
        Integer width = wanted.width();
        Integer height = wanted.height();
        if (width == null
                || height == null
                || (width == rendered.width() && height == rendered.height())) {
            return rendered;
        }
        Picture picture = ResizePicture.to(rendered, width, height);
        Mask mask = from == null ? null : from.mask();
        // The engine kept the pixels outside of the mask, but resizing them twice blurs them.
        return from == null || mask == null
                ? picture
                : mask.keepingOutside(ResizePicture.to(from.source(), width, height), picture);
    }
}
