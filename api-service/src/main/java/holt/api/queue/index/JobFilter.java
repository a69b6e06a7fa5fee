package holt.api.queue.index;

import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list has. A null field lets all jobs pass.
 *
 * @param from the earliest creation
 * @param until the first moment after the latest creation
 */
public record JobFilter(
        @Nullable String caller,
        @Nullable ModelName model,
        @Nullable JobStatus status,
        @Nullable Failure reason,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** Lets every job pass. */
    public static JobFilter all() {
        return new JobFilter(null, null, null, null, null, null);
    }

    /** Whether an open job passes. It has no reason yet. */
    public boolean passes(
            @Nullable String itsCaller, ModelName itsModel, JobStatus itsStatus, Instant created) {
        return reason == null
                && (caller == null || caller.equals(itsCaller))
                && (model == null || model.equals(itsModel))
                && (status == null || status == itsStatus)
                && (from == null || !created.isBefore(from))
                && (until == null || created.isBefore(until));
    }

    public JobFilter ofCaller(String name) {
        return new JobFilter(name, model, status, reason, from, until);
    }

    public JobFilter ofModel(ModelName name) {
        return new JobFilter(caller, name, status, reason, from, until);
    }

    public JobFilter in(JobStatus wanted) {
        return new JobFilter(caller, model, wanted, reason, from, until);
    }

    public JobFilter failedBy(Failure wanted) {
        return new JobFilter(caller, model, status, wanted, from, until);
    }

    public JobFilter between(Instant earliest, Instant end) {
        return new JobFilter(caller, model, status, reason, earliest, end);
    }
}
