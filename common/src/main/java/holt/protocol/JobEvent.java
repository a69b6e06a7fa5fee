package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a job's life, on {@code holt.events}. The key is the job id, so one partition holds a job's events in order. The first
 * {@link Finished} is the job's outcome.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface JobEvent {
    JobId job();

    ModelName model();

    Lane lane();

    /** The partition of the queue topic that holds the job. */
    int partition();

    /**
     * An API instance wants to publish a job that has an idempotency key. The first such event in log order decides which instance does.
     *
     * @param request a fingerprint of the request. It tells a repeated request from another one with the same key
     */
    @JsonTypeName("claimed")
    record Claimed(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            InstanceId instance,
            Instant deadline,
            String request)
            implements JobEvent {}

    /** An API instance publishes the job. */
    @JsonTypeName("accepted")
    record Accepted(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            InstanceId instance,
            Instant deadline)
            implements JobEvent {}

    /** A worker runs the job. The newest counts. */
    @JsonTypeName("started")
    record Started(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            ClaimId claim,
            WorkerId worker,
            int run)
            implements JobEvent {}

    /**
     * A run failed, and another attempt follows.
     *
     * @param due the earliest time at which the job returns to its queue
     */
    @JsonTypeName("retrying")
    record Retrying(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            ClaimId claim,
            Failure reason,
            Instant due)
            implements JobEvent {}

    /** @param claim null if no worker had the job, because it expired or was cancelled in the queue */
    @JsonTypeName("finished")
    record Finished(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            @Nullable ClaimId claim,
            Outcome outcome)
            implements JobEvent {}
}
