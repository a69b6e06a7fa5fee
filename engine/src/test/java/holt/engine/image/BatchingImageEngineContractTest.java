package holt.engine.image;

import holt.engine.diffusion.ModelInputs;
import holt.engine.image.denoising.SeededNoise;

class BatchingImageEngineContractTest extends ImageEngineContract {
    private static final int PLENTY = 1_000_000;

    private final FakeDiffusionModel model = new FakeDiffusionModel();
    private final BatchingImageEngine engine =
            new BatchingImageEngine(
                            new ImageModelInfo(
                                    "fake",
                                    "Fake",
                                    0,
                                    ModelInputs.LATENTS,
                                    4,
                                    1,
                                    64,
                                    100,
                                    ImageDefaults.USUAL,
                                    "fp32",
                                    "cpu"),
                            model,
                            PLENTY,
                            SeededNoise::new)
                    .start();

    @Override
    protected ImageEngine engine() {
        return engine;
    }

    @Override
    protected void finish(String id) {
        model.permits.release(PLENTY);
    }

    @Override
    protected void closeWithOpenRequests() {
        // A step is under way until close() has been called.
        var closer = Thread.ofVirtual().start(engine::close);
        for (int i = 0; !isClosed("probe" + i); i++) {
            Thread.onSpinWait();
        }
        model.permits.release(PLENTY);
        try {
            closer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isClosed(String probe) {
        var events = new RecordedImageEvents();
        engine.submit(request(probe), events);
        return events.all().contains(new ImageEvent.Cancelled());
    }
}
