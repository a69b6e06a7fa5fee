package holt.engine.image;

import holt.engine.image.picture.Picture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps what comes and lets a test wait for the end, or for the first step. */
public final class RecordedImageEvents implements Consumer<ImageEvent> {
    private final List<ImageEvent> all = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ImageEvent> end = new CompletableFuture<>();
    private final CompletableFuture<ImageEvent> firstProgress = new CompletableFuture<>();

    @Override
    public void accept(ImageEvent event) {
        all.add(event);
        switch (event) {
            case ImageEvent.Started _, ImageEvent.PictureDone _ -> {}
            case ImageEvent.Progress _ -> firstProgress.complete(event);
            case ImageEvent.Finished _, ImageEvent.Failed _, ImageEvent.Cancelled _ -> {
                if (!end.complete(event)) {
                    throw new IllegalStateException("ended twice: " + all);
                }
            }
        }
    }

    /** Everything so far. */
    public List<ImageEvent> all() {
        return all;
    }

    /** Waits for the last event. */
    public ImageEvent end() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    /** Waits for the first step. */
    public void awaitProgress() throws Exception {
        firstProgress.get(60, TimeUnit.SECONDS);
    }

    /** The pictures so far. */
    public List<Picture> pictures() {
        return all.stream()
                .filter(ImageEvent.PictureDone.class::isInstance)
                .map(event -> ((ImageEvent.PictureDone) event).picture())
                .toList();
    }
}
