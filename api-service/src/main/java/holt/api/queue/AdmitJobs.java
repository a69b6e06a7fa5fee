package holt.api.queue;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.ShareLines;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides at the door whether a new job may wait. It refuses a job that exceeds its caller's limits, one for a queue that is full, and one that
 * could only start after its deadline. A refused client knows at once, and need not wait in vain.
 */
final class AdmitJobs implements TrackQueues {
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private final LimitCallers callers;
    private final JobIndex index;
    private final PlaceJobs place;
    private final ShareLines lines;
    private final PredictWait predict;
    private final LiveWorkers workers;
    private final int mostQueued;

    /** @param mostQueued jobs of a model that wait for a slot */
    AdmitJobs(
            LimitCallers callers,
            JobIndex index,
            PlaceJobs place,
            ShareLines lines,
            PredictWait predict,
            LiveWorkers workers,
            int mostQueued) {
        this.callers = callers;
        this.index = index;
        this.place = place;
        this.lines = lines;
        this.predict = predict;
        this.workers = workers;
        this.mostQueued = mostQueued;
    }

    /**
     * Lets a new job pass, and counts it.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} with the reason
     */
    void admit(JobId id, NewJob job) {
        QueueState queue = of(job.model().name());
        if (queue.ahead() >= mostQueued) {
            throw full(queue);
        }
        Duration wait = waitsAtLeast(job, queue.slots());
        if (wait.compareTo(job.timeout()) > 0) {
            throw tooLate(queue, wait, job.timeout());
        }
        callers.admit(id, job);
    }

    @Override
    public QueueState of(ModelName model) {
        int slots = workers.slots(model);
        return new QueueState(
                model,
                slots,
                index.queued(model),
                place.heldJobs(model) + lines.heldElsewhere(model),
                predict.of(model, heldWork(model), slots).orElse(null));
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

    private Duration waitsAtLeast(NewJob job, int slots) {
        ModelName model = job.model().name();
        String caller = job.caller().id();
        return predict.atLeast(
                        model, job.lane(), caller, place.heldWork(model, job.lane(), caller), slots)
                .orElse(Duration.ZERO);
    }

    private long heldWork(ModelName model) {
        return place.heldWork(model) + lines.heldWorkElsewhere(model);
    }

    private RequestRejectedException full(QueueState queue) {
        ModelName model = queue.model();
        double each = (predict.waitingWork(model) + heldWork(model)) / (double) queue.ahead();
        Duration wait = queue.newJobWaits();
        return refused(
                Refusal.Reason.QUEUE_FULL,
                queue,
                wait,
                "%d jobs wait for this model%s"
                        .formatted(
                                queue.ahead(),
                                wait == null
                                        ? ""
                                        : ", a new one for about " + seconds(wait) + " s"),
                predict.time(model, (queue.ahead() - mostQueued + 1) * each, queue.slots())
                        .orElse(AT_LEAST));
    }

    private static RequestRejectedException tooLate(
            QueueState queue, Duration wait, Duration timeout) {
        return refused(
                Refusal.Reason.DEADLINE,
                queue,
                wait,
                "your jobs that wait for this model take at least %d s, and this one may take %d s"
                        .formatted(seconds(wait), timeout.toSeconds()),
                wait.minus(timeout));
    }

    private static RequestRejectedException refused(
            Refusal.Reason reason,
            QueueState queue,
            @Nullable Duration wait,
            String why,
            Duration retryAfter) {
        return RequestRejectedException.limited(
                new Refusal(reason, queue.ahead() + 1, wait == null ? null : seconds(wait)),
                why,
                retryAfter.compareTo(AT_LEAST) < 0 ? AT_LEAST : retryAfter);
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
