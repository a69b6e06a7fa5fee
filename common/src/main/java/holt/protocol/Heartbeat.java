package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * A sign of life on {@code holt.workers}, every 2 s; who missed three is dead. A process learns the broker's clock from the timestamp
 * that the broker gave to its own heartbeat.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Heartbeat {

    @JsonTypeName("worker")
    record OfWorker(WorkerId worker, WorkerState state, List<Serving> serving)
            implements Heartbeat {
        public OfWorker {
            serving = List.copyOf(serving);
        }
    }

    @JsonTypeName("api")
    record OfApi(InstanceId instance) implements Heartbeat {}

    /** The worker claims nothing more and is about to end. */
    @JsonTypeName("worker_gone")
    record WorkerGone(WorkerId worker) implements Heartbeat {}

    @JsonTypeName("api_gone")
    record ApiGone(InstanceId instance) implements Heartbeat {}

    /**
     * @param slots jobs that run at once
     * @param busy jobs that run now
     */
    record Serving(KnownModel model, int slots, int busy) {}

    /** What a worker is doing. */
    enum WorkerState {
        @JsonProperty("serving")
        SERVING,
        @JsonProperty("draining")
        DRAINING
    }
}
