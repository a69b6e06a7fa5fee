package holt.engine.image;

import holt.engine.EngineFailure;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.noise.Denoising;
import holt.engine.loop.EngineThread;
import holt.engine.loop.RequestEvents;
import holt.engine.loop.Submission;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** An image engine. It checks requests on the caller's thread; {@link ImageBatchLoop} does the rest. */
final class BatchingImageEngine extends EngineThread<ImageGeneration> implements ImageEngine {
    private final ImageModelInfo info;
    private final SecureRandom seeds = new SecureRandom();

    /**
     * @param model closed by {@link #close}
     * @param stepBytes about the most memory that one call of the UNet may take, besides its weights
     * @param noise makes the noise of a seed
     */
    BatchingImageEngine(
            ImageModelInfo info,
            DiffusionModel model,
            long stepBytes,
            LongFunction<Denoising.NoiseSource> noise) {
        super(info.name(), new ImageBatchLoop(info.name(), model, stepBytes, noise));
        this.info = info;
    }

    BatchingImageEngine start() {
        startThread();
        return this;
    }

    @Override
    public ImageModelInfo info() {
        return info;
    }

    @Override
    public void submit(ImageRequest request, Consumer<ImageEvent> consumer) {
        if (isClosed()) {
            consumer.accept(new ImageEvent.Cancelled());
            return;
        }
        var events = new RequestEvents<ImageEvent>(request.id(), consumer);
        Optional<EngineFailure.Refused> refusal = CheckImageRequest.refusal(request, info);
        enqueue(
                refusal.isPresent()
                        ? reject(events, refusal.get())
                        : new Submission.Run<>(
                                new ImageGeneration(request, seeds.nextLong(), info, events)));
    }

    private static Submission<ImageGeneration> reject(
            RequestEvents<ImageEvent> events, EngineFailure.Refused refusal) {
        return new Submission.Reject<>(() -> events.emitLast(new ImageEvent.Failed(refusal)));
    }
}
