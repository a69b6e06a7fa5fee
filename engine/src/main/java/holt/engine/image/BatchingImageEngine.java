package holt.engine.image;

import holt.engine.EngineThread;
import holt.engine.diffusion.DiffusionModel;
import holt.engine.diffusion.noise.Denoising;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** The engine: what others see of {@link ImageBatchLoop}. */
final class BatchingImageEngine extends EngineThread<Drawing> implements ImageEngine {
    private final ImageModelInfo info;
    private final SecureRandom seeds = new SecureRandom();

    /**
     * @param model closed by {@link #close}
     * @param stepBytes about what one call of the model may take
     * @param noise of a seed
     */
    BatchingImageEngine(
            ImageModelInfo info,
            DiffusionModel model,
            long stepBytes,
            LongFunction<Denoising.NoiseSource> noise) {
        super(info.name(), new ImageBatchLoop(info, model, stepBytes, noise));
        this.info = info;
    }

    BatchingImageEngine start() {
        begin();
        return this;
    }

    @Override
    public ImageModelInfo info() {
        return info;
    }

    @Override
    public void submit(ImageRequest request, Consumer<ImageEvent> events) {
        enter(new Drawing(request, seeds.nextLong(), info, events));
    }
}
