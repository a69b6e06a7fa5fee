package holt.api.models;

import holt.protocol.EngineHealth;
import holt.protocol.WorkerId;
import java.util.List;

/** The engines outside of Holt that live workers serve. */
public interface LiveEngines {
    /** One worker's engine. */
    record OfWorker(WorkerId worker, EngineHealth engine) {}

    /** As the workers' last heartbeats say it. */
    List<OfWorker> engines();
}
