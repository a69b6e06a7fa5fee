package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The events of a job's life on {@code holt.events}, keyed by job id, so that one partition holds them in order. The first
 * {@link Finished} is the job's outcome; every reader folds the same.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface JobEvent {
    JobId job();

    ModelName model();

    Lane lane();

    /** The partition of the queue topic on which the job was placed. */
    int partition();

    /**
     * An API instance wants to publish this job, whose id comes from an idempotency key. Of several the first in log order may; its
     * {@link Accepted} follows. Only jobs with a key have this event.
     *
     * @param request a fingerprint of what was asked, by which another request under the same key is told from a repeated one
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

    /** Published with the job by the API instance that took it. */
    @JsonTypeName("accepted")
    record Accepted(
            JobId job,
            ModelName model,
            Lane lane,
            int partition,
            InstanceId instance,
            Instant deadline)
            implements JobEvent {}

    /** Published by a worker at each claim; the newest wins. */
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
     * A run failed, and another attempt follows; rare, hence the one event beyond three.
     *
     * @param due when the job is back in its queue, at the earliest
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

    /** @param claim null where no worker held the job (it expired or was cancelled in the queue) */
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
