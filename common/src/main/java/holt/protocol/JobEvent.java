package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a job's life, on {@code holt.events}. The key is the job id, so one partition holds a job's events in order. The first
 * {@link Finished} is the job's outcome. The first {@link Started} of a run owns the run.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface JobEvent extends Versioned {
    JobId job();

    ModelName model();

    Lane lane();

    @Override
    default int version() {
        return 1;
    }

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
            InstanceId instance,
            Instant deadline,
            String request,
            @JsonInclude(JsonInclude.Include.NON_NULL) Job.@Nullable Origin origin)
            implements JobEvent {
        /** Of a job whose caller needs no key. */
        public Claimed(
                JobId job,
                ModelName model,
                Lane lane,
                InstanceId instance,
                Instant deadline,
                String request) {
            this(job, model, lane, instance, deadline, request, null);
        }
    }

    /** An API instance publishes the job. */
    @JsonTypeName("accepted")
    record Accepted(
            JobId job,
            ModelName model,
            Lane lane,
            InstanceId instance,
            Instant deadline,
            @JsonInclude(JsonInclude.Include.NON_NULL) Job.@Nullable Origin origin)
            implements JobEvent {
        /** Of a job whose caller needs no key. */
        public Accepted(
                JobId job, ModelName model, Lane lane, InstanceId instance, Instant deadline) {
            this(job, model, lane, instance, deadline, null);
        }
    }

    /**
     * A worker wants to run the job. If this is the run's first such event in log order, the worker owns the run.
     *
     * @param run counts from 1
     * @param partition of the queue topic that holds the job's record
     * @param offset of that record, from which the next run is made if this worker dies
     */
    @JsonTypeName("started")
    record Started(
            JobId job,
            ModelName model,
            Lane lane,
            ClaimId claim,
            WorkerId worker,
            int run,
            int partition,
            long offset)
            implements JobEvent {}

    /**
     * A run failed, and another attempt follows.
     *
     * @param due the earliest time at which the job returns to its queue
     */
    @JsonTypeName("retrying")
    record Retrying(
            JobId job, ModelName model, Lane lane, ClaimId claim, Failure reason, Instant due)
            implements JobEvent {}

    /**
     * A run ended without an outcome, and the job is in its queue again.
     *
     * @param claim of that run
     * @param reason null if the worker drains and has handed the job back
     */
    @JsonTypeName("requeued")
    record Requeued(JobId job, ModelName model, Lane lane, ClaimId claim, @Nullable Failure reason)
            implements JobEvent {}

    /**
     * The job has an outcome.
     *
     * @param claim null if no worker had the job, because it expired or was cancelled in the queue
     * @param asked that of the job; null: nothing is unusual
     */
    @JsonTypeName("finished")
    record Finished(
            JobId job,
            ModelName model,
            Lane lane,
            @Nullable ClaimId claim,
            Outcome outcome,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Asked asked)
            implements JobEvent {
        /** Of a job whose client asked in the usual form. */
        public Finished(
                JobId job, ModelName model, Lane lane, @Nullable ClaimId claim, Outcome outcome) {
            this(job, model, lane, claim, outcome, null);
        }

        @Override
        public int version() {
            return outcome.version();
        }
    }
}
