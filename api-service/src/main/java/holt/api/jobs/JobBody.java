package holt.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.controls.Control;
import holt.api.http.ErrorBody;
import holt.api.queue.index.JobState;
import holt.protocol.Heartbeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job in JSON.
 *
 * @param detail why an open job waits: {@code paused} or {@code no_worker}; null otherwise
 * @param paused since an operator has paused the model of an open job
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
        @Nullable Paused paused,
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

    /**
     * The pause of a model.
     *
     * @param since in seconds since 1970
     */
    record Paused(String why, long since) {
        private static @Nullable Paused of(Control.@Nullable Pause pause) {
            return pause == null ? null : new Paused(pause.why(), pause.since().getEpochSecond());
        }
    }

    /**
     * @param error why the job ended without a result
     * @param pause of an open job's model
     */
    static JobBody of(
            JobState job,
            @Nullable Object result,
            @Nullable ErrorBody error,
            Control.@Nullable Pause pause) {
        boolean unserved = !job.status().isEnd() && !job.served();
        return new JobBody(
                0,
                "success",
                job.id().value(),
                "job",
                job.status().label(),
                pause != null ? "paused" : unserved ? "no_worker" : null,
                Paused.of(pause),
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
