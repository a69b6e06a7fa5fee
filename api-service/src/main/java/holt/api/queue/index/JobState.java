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
 * What is known of a job at this moment.
 *
 * @param created on the broker's clock
 * @param served whether a live worker serves its model
 * @param position in its queue, 1 is next, about; null unless it is queued
 * @param etaSeconds until its turn at the queue's present rate; null if that is unknown
 * @param attempts its runs, oldest first
 * @param progress null unless it runs and tells it
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
        Heartbeat.@Nullable JobProgress progress) {

    /** A job that tells no progress. */
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
        this(id, model, lane, status, created, served, position, etaSeconds, attempts, null);
    }

    /**
     * One run.
     *
     * @param run 1 for the first
     * @param failure why it ended without an outcome and another followed; null otherwise
     */
    public record Attempt(int run, WorkerId worker, Instant started, @Nullable Failure failure) {}
}
