package holt.api.queue.index;

import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of a job now.
 *
 * @param created on the broker's clock
 * @param served whether a live worker serves the job's model
 * @param position about, in its queue; 1 is next; null unless the job is queued
 * @param etaSeconds until its start at the queue's present rate; null if that is unknown
 * @param attempts its runs, oldest first
 * @param progress null unless the job runs and its worker reports progress
 * @param caller whose job it is; null if callers need no keys
 * @param ended null while the job has not ended
 * @param reason why the job failed; null unless it did
 */
public record JobState(
        JobId id,
        ModelName model,
        Lane lane,
        JobStatus status,
        Instant created,
        boolean served,
        @Nullable Long position,
        @Nullable Long etaSeconds,
        List<Attempt> attempts,
        Heartbeat.@Nullable JobProgress progress,
        @Nullable String caller,
        @Nullable Instant ended,
        @Nullable Failure reason) {

    /** A job without progress, of a caller that needs no key. */
    public JobState(
            JobId id,
            ModelName model,
            Lane lane,
            JobStatus status,
            Instant created,
            boolean served,
            @Nullable Long position,
            @Nullable Long etaSeconds,
            List<Attempt> attempts) {
        this(
                id,
                model,
                lane,
                status,
                created,
                served,
                position,
                etaSeconds,
                attempts,
                null,
                null,
                null,
                null);
    }

    /** A job that no worker has started, at an unknown position. */
    public static JobState queued(
            JobId id,
            ModelName model,
            Lane lane,
            Instant created,
            boolean served,
            @Nullable String caller) {
        return new JobState(
                id,
                model,
                lane,
                JobStatus.QUEUED,
                created,
                served,
                null,
                null,
                List.of(),
                null,
                caller,
                null,
                null);
    }

    /**
     * One run.
     *
     * @param run 1 for the first
     * @param failure why the run failed and another followed; null otherwise
     */
    public record Attempt(int run, WorkerId worker, Instant started, @Nullable Failure failure) {
        Attempt failedWith(Failure reason) {
            return new Attempt(run, worker, started, reason);
        }
    }
}
