package holt.api.queue;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.placement.PlaceJobs;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Decides at the door whether a new job may wait. It refuses a job that exceeds its caller's limits, and one for a queue that is full. A refused
 * client knows at once, and need not wait in vain.
 */
final class AdmitJobs implements TrackQueues {
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private final LimitCallers callers;
    private final JobIndex index;
    private final PlaceJobs place;
    private final PredictWait predict;
    private final LiveWorkers workers;
    private final int mostQueued;

    /** @param mostQueued jobs of a model that wait for a slot */
    AdmitJobs(
            LimitCallers callers,
            JobIndex index,
            PlaceJobs place,
            PredictWait predict,
            LiveWorkers workers,
            int mostQueued) {
        this.callers = callers;
        this.index = index;
        this.place = place;
        this.predict = predict;
        this.workers = workers;
        this.mostQueued = mostQueued;
    }

    /**
     * Lets a new job pass, and counts it.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED}. Its message begins with the reason
     */
    void admit(JobId id, NewJob job) {
        ModelName model = job.model().name();
        if (index.queued(model) + place.waitingJobs(model) >= mostQueued) {
            throw full(of(model));
        }
        callers.admit(id, job);
    }

    @Override
    public QueueState of(ModelName model) {
        int slots = workers.slots(model);
        long queued = index.queued(model);
        int held = place.waitingJobs(model);
        return new QueueState(
                model, slots, queued, held, predict.of(model, queued + held, slots).orElse(null));
    }

    /** If the job is not accepted, it does not count. */
    void until(CompletableFuture<?> accepted, JobId job) {
        callers.until(accepted, job);
    }

    /** @param at the broker's time of the event */
    void apply(JobEvent event, Instant at) {
        callers.apply(event, at);
        predict.apply(event, at);
    }

    private RequestRejectedException full(QueueState queue) {
        long ahead = queue.ahead();
        Duration wait = queue.newJobWaits();
        return RequestRejectedException.limited(
                new Refusal(
                        Refusal.Reason.QUEUE_FULL, ahead + 1, wait == null ? null : seconds(wait)),
                "%d jobs wait for this model%s"
                        .formatted(
                                ahead,
                                wait == null ? "" : ", a new one for about " + seconds(wait) + " s"),
                Collections.max(
                        List.of(
                                AT_LEAST,
                                predict.of(queue.model(), ahead - mostQueued + 1, queue.slots())
                                        .orElse(AT_LEAST))));
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
