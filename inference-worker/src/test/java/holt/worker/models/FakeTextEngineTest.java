package holt.worker.models;

import holt.engine.text.TextEngine;
import holt.engine.text.TextEngineContract;

class FakeTextEngineTest extends TextEngineContract {
    private final FakeTextEngine engine = new FakeTextEngine();

    @Override
    protected TextEngine engine() {
        return engine;
    }

    @Override
    protected void finish(String id) {
        engine.finish(id);
    }
}
