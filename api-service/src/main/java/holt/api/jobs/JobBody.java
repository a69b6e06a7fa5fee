package holt.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.http.ErrorBody;
import holt.api.queue.index.JobState;
import holt.protocol.Heartbeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job in JSON.
 *
 * @param detail {@code no_worker} for an open job whose model no live worker serves; null otherwise
 * @param created in seconds since 1970
 * @param position about, in its queue; 1 is next
 * @param progress of a running job whose worker reports it; a few seconds old at most
 * @param result the body that a waiting client would get
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobBody(
        int code,
        String message,
        String id,
        String object,
        String status,
        @Nullable String detail,
        String model,
        String lane,
        long created,
        @Nullable Long position,
        @Nullable Long etaSeconds,
        @Nullable Progress progress,
        List<Attempt> attempts,
        @Nullable Object result,
        ErrorBody.@Nullable Detail error) {

    /**
     * A run.
     *
     * @param started in seconds since 1970
     * @param failure why the run failed and another followed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attempt(int run, String worker, long started, @Nullable String failure) {}

    /** Steps done, of all. */
    record Progress(int done, int total) {
        private static @Nullable Progress of(Heartbeat.@Nullable JobProgress progress) {
            return progress == null ? null : new Progress(progress.done(), progress.total());
        }
    }

    /** @param error why the job ended without a result */
    static JobBody of(JobState job, @Nullable Object result, @Nullable ErrorBody error) {
        boolean unserved = !job.status().isEnd() && !job.served();
        return new JobBody(
                0,
                "success",
                job.id().value(),
                "job",
                job.status().label(),
                unserved ? "no_worker" : null,
                job.model().value(),
                job.lane().label(),
                job.created().getEpochSecond(),
                job.position(),
                job.etaSeconds(),
                Progress.of(job.progress()),
                job.attempts().stream().map(JobBody::attempt).toList(),
                result,
                error == null ? null : error.error());
    }

    private static Attempt attempt(JobState.Attempt attempt) {
        return new Attempt(
                attempt.run(),
                attempt.worker().value(),
                attempt.started().getEpochSecond(),
                attempt.failure() == null ? null : attempt.failure().label());
    }
}
