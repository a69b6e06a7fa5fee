package holt.worker.run;

import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.ImageDefaults;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageEvent;
import holt.engine.image.ImageModelInfo;
import holt.engine.image.ImageRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** An engine that says what the test tells it to say. */
final class FakeImageEngine implements ImageEngine {
    static final int SIDE = 64;
    static final int STEP = 8;

    record Submitted(ImageRequest request, Consumer<ImageEvent> events) {}

    final BlockingQueue<Submitted> submitted = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

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

    @Override
    public ImageModelInfo info() {
        return info(ModelInputs.LATENTS, SIDE, STEP, 128 * 128);
    }

    @Override
    public void submit(ImageRequest request, Consumer<ImageEvent> events) {
        submitted.add(new Submitted(request, events));
    }

    @Override
    public void cancel(RequestId id) {
        cancelled.add(id.value());
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
    public void close() {}
}
