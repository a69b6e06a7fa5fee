package holt.worker.models;

import holt.engine.Engine;
import holt.protocol.KnownModel;
import java.time.Duration;

/** A runner that owns an engine, and remembers whether its device has failed. */
abstract class EngineRunner<E extends Engine> implements ModelRunner {
    private final KnownModel model;
    private final E engine;
    private volatile boolean broken;

    EngineRunner(KnownModel model, E engine) {
        this.model = model;
        this.engine = engine;
    }

    final E engine() {
        return engine;
    }

    final EngineFailures failures() {
        return new EngineFailures(() -> broken = true);
    }

    @Override
    public final KnownModel model() {
        return model;
    }

    @Override
    public final boolean broken() {
        return broken;
    }

    @Override
    public final Duration sinceProgress() {
        return engine.sinceProgress();
    }

    @Override
    public void close() {
        engine.close();
    }
}
