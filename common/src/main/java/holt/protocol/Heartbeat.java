package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says on {@code holt.workers}, each second, that a process lives. A process that has missed three heartbeats counts as dead. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Heartbeat extends Versioned {
    @Override
    default int version() {
        return 1;
    }

    /**
     * A worker.
     *
     * @param engines outside its process
     */
    @JsonTypeName("worker")
    record OfWorker(
            WorkerId worker,
            WorkerState state,
            List<Serving> serving,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EngineHealth> engines)
            implements Heartbeat {
        public OfWorker {
            serving = List.copyOf(serving);
            // Older workers name none.
            engines = engines == null ? List.of() : List.copyOf(engines);
        }

        /** A worker of its own models alone. */
        public OfWorker(WorkerId worker, WorkerState state, List<Serving> serving) {
            this(worker, state, serving, List.of());
        }

        /** That of its newest model. */
        @Override
        public int version() {
            return serving.stream().mapToInt(each -> each.model.version()).max().orElse(1);
        }
    }

    @JsonTypeName("api")
    record OfApi(InstanceId instance) implements Heartbeat {}

    /** The worker claims no more jobs and stops. */
    @JsonTypeName("worker_gone")
    record WorkerGone(WorkerId worker) implements Heartbeat {}

    @JsonTypeName("api_gone")
    record ApiGone(InstanceId instance) implements Heartbeat {}

    /**
     * One model that a worker serves.
     *
     * @param slots the most jobs that run at once
     * @param busy jobs that run now
     * @param progress of the running jobs that report it; null if none does
     * @param claims of the running jobs. A run whose claim is missing here has ended
     */
    record Serving(
            KnownModel model,
            int slots,
            int busy,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobProgress> progress,
            List<ClaimId> claims) {
        public Serving {
            progress = progress == null ? null : List.copyOf(progress);
            claims = List.copyOf(claims);
        }

        /** Of a model that runs no jobs. */
        public Serving(KnownModel model, int slots) {
            this(model, slots, 0, null, List.of());
        }
    }

    /** How many of a job's steps are done. */
    record JobProgress(JobId job, int done, int total) {}

    /** What a worker is doing. */
    enum WorkerState {
        @JsonProperty("serving")
        SERVING,
        @JsonProperty("draining")
        DRAINING
    }
}
