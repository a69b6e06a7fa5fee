package holt.worker.models;

import holt.engine.diffusion.noise.SchedulerChoice;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import java.time.InstantSource;

class ImageRunnerContractTest extends ModelRunnerContract {
    private static final InstantSource CLOCK = InstantSource.fixed(TestJobs.NOW);

    private final FakeImageEngine engine = new FakeImageEngine();
    private final ImageRunner runner =
            new ImageRunner(
                    TestJobs.IMAGE_MODEL,
                    engine,
                    new ImageSettings(4, null, null, SchedulerChoice.FOLDER, 128 * 128),
                    4,
                    new ClaimCheck(new InMemoryObjectStore(), CLOCK),
                    new PictureKeys(CLOCK));

    @Override
    protected ModelRunner runner() {
        return runner;
    }

    @Override
    protected Task task() {
        return TestJobs.IMAGES;
    }

    @Override
    protected void finish(String id) {
        engine.finish(id);
    }

    @Override
    protected boolean isStopped(String id) {
        return engine.cancelled.contains(id);
    }
}
