package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @param progress of those of them that tell it; null if none does
     */
    record Serving(
            KnownModel model,
            int slots,
            int busy,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobProgress> progress) {
        public Serving {
            progress = progress == null ? null : List.copyOf(progress);
        }

        /** None of its jobs tells its progress. */
        public Serving(KnownModel model, int slots, int busy) {
            this(model, slots, busy, null);
        }
    }

    /** Steps done so far, of all. */
    record JobProgress(JobId job, int done, int total) {}

    /** What a worker is doing. */
    enum WorkerState {
        @JsonProperty("serving")
        SERVING,
        @JsonProperty("draining")
        DRAINING
    }
}
