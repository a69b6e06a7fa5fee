package holt.worker.models;

import holt.engine.image.picture.Mask;
import holt.protocol.Outcome;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.PictureKeys;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** The files that go to an engine outside this process, and those that come back. */
public final class PictureFiles {
    private final ClaimCheck sources;
    private final PictureKeys keys;
    private final ExecutorService encoder =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("encode-pictures").factory());

    /**
     * @param sources holds the source pictures of edits
     * @param keys names the finished pictures
     */
    public PictureFiles(ClaimCheck sources, PictureKeys keys) {
        this.sources = sources;
        this.keys = keys;
    }

    /**
     * A file as the API stored it, such as a source picture or a mask.
     *
     * @throws RuntimeException as {@link FetchFailures} maps it
     */
    public byte[] source(StoredObject stored) {
        return sources.get(stored);
    }

    /** A mask as a black and white PNG. White is what the model renders anew. */
    public byte[] whiteMask(StoredObject stored) {
        Mask mask = DecodePicture.mask(sources.get(stored));
        var image = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                image.setRGB(x, y, mask.renewed()[y * mask.width() + x] ? 0xffffff : 0);
            }
        }
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /**
     * Gives the files of an engine the size and format that the client wants. They are encoded anew, since such files often hold the prompt.
     *
     * @throws RuntimeException if one is no picture, or too large
     */
    public RunResult finish(Task.Images wanted, List<byte[]> files) {
        return finish(wanted, files, null);
    }

    /**
     * The same for an engine that counts tokens.
     *
     * @param usage null: it does not
     */
    public RunResult finish(
            Task.Images wanted, List<byte[]> files, Outcome.@Nullable PictureUsage usage) {
        try {
            return CompletableFuture.supplyAsync(() -> finished(wanted, files, usage), encoder)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalArgumentException("the engine's picture cannot be read", e.getCause());
        }
    }

    private RunResult finished(
            Task.Images wanted, List<byte[]> files, Outcome.@Nullable PictureUsage usage) {
        var finisher = new FinishPicture(wanted, keys);
        var finished = new ArrayList<FinishPicture.Finished>();
        for (byte[] file : files) {
            finished.add(finisher.finish(finished.size(), DecodePicture.foreign(file), null));
        }
        return finisher.result(finished, usage);
    }
}
