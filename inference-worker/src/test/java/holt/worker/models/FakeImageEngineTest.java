package holt.worker.models;

import holt.engine.image.ImageEngine;
import holt.engine.image.ImageEngineContract;

class FakeImageEngineTest extends ImageEngineContract {
    private final FakeImageEngine engine = new FakeImageEngine();

    @Override
    protected ImageEngine engine() {
        return engine;
    }

    @Override
    protected void finish(String id) {
        engine.finish(id);
    }
}
