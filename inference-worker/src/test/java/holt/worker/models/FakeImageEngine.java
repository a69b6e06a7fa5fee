package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.ImageDefaults;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageEvent;
import holt.engine.image.ImageModelInfo;
import holt.engine.image.ImageRequest;
import holt.engine.image.picture.Picture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** An image engine that emits the events that a test gives it. */
public final class FakeImageEngine implements ImageEngine {
    static final int SIDE = 64;
    static final int STEP = 8;

    public final BlockingQueue<ImageRequest> requests = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    /** Whether a cancelled request still emits events, as one does whose step is under way. */
    volatile boolean inStep;

    private final Map<String, Consumer<ImageEvent>> open = new LinkedHashMap<>();
    private boolean closed;

    static ImageModelInfo info(ModelInputs inputs, int side, int step, long maxPixels) {
        return new ImageModelInfo(
                "m",
                "StableDiffusionPipeline",
                1,
                inputs,
                side,
                step,
                maxPixels,
                1000,
                new ImageDefaults(25, 4),
                "fp32",
                "cpu");
    }

    /** Emits events of an open request. */
    public synchronized void emit(String id, ImageEvent... events) {
        for (ImageEvent event : events) {
            Consumer<ImageEvent> listener =
                    switch (event) {
                        case ImageEvent.Started _,
                                ImageEvent.Progress _,
                                ImageEvent.PictureDone _ ->
                                open.get(id);
                        case ImageEvent.Finished _, ImageEvent.Failed _, ImageEvent.Cancelled _ ->
                                open.remove(id);
                    };
            if (listener != null) {
                listener.accept(event);
            }
        }
    }

    /** Makes one picture for an open request. */
    public void finish(String id) {
        emit(
                id,
                new ImageEvent.Started(0),
                new ImageEvent.Progress(1, 1),
                new ImageEvent.PictureDone(0, new Picture(8, 8, new byte[3 * 8 * 8])),
                new ImageEvent.Finished());
    }

    @Override
    public ImageModelInfo info() {
        return info(ModelInputs.LATENTS, SIDE, STEP, 128 * 128);
    }

    @Override
    public synchronized void submit(ImageRequest request, Consumer<ImageEvent> events) {
        if (closed) {
            events.accept(new ImageEvent.Cancelled());
            return;
        }
        open.put(request.id().value(), events);
        requests.add(request);
    }

    @Override
    public void cancel(RequestId request) {
        String id = request.value();
        cancelled.add(id);
        if (!inStep) {
            emit(id, new ImageEvent.Cancelled());
        }
    }

    @Override
    public long stepsDone() {
        return 0;
    }

    @Override
    public Duration sinceProgress() {
        return Duration.ZERO;
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(open.keySet()).forEach(id -> emit(id, new ImageEvent.Cancelled()));
    }
}
