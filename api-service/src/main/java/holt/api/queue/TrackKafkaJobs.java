package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.KnownJob;
import holt.api.queue.index.ReadOutcome;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs by id: from the index of all, or, before the broker has them, from the line in front of it. */
final class TrackKafkaJobs implements TrackJobs {
    /** An event is read so long after it was confirmed, at most, unless an instance is overloaded. */
    private static final Duration SOON = Duration.ofMillis(300);

    private final JobIndex index;
    private final ReadOutcome outcomes;
    private final KafkaJobQueue queue;
    private final LiveWorkers workers;

    TrackKafkaJobs(JobIndex index, ReadOutcome outcomes, KafkaJobQueue queue, LiveWorkers workers) {
        this.index = index;
        this.outcomes = outcomes;
        this.queue = queue;
        this.workers = workers;
    }

    @Override
    public @Nullable JobState find(JobId id) {
        JobState known = index.find(id);
        if (known != null) {
            return known;
        }
        Job job = queue.inFront(id);
        if (job == null) {
            index.requireCaughtUp();
            return findSoon(id);
        }
        return new JobState(
                id,
                job.model(),
                job.lane(),
                JobStatus.QUEUED,
                job.created(),
                workers.slots(job.model(), job.lane()) > 0,
                null,
                null,
                List.of());
    }

    private @Nullable JobState findSoon(JobId id) {
        try {
            index.awaitKnown(id, SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return index.find(id);
    }

    @Override
    public Outcome outcome(JobId job) {
        KnownJob.EventPlace place = index.outcome(job);
        if (place == null) {
            throw unknown();
        }
        return outcomes.at(place);
    }

    @Override
    public void cancel(JobId id) {
        JobState job = find(id);
        if (job == null) {
            throw unknown();
        }
        if (job.status().isEnd()) {
            throw new RequestRejectedException(
                    Failure.JOB_FINISHED, "the job is " + job.status().label() + " already");
        }
        JobIndex.Address address = index.address(id);
        if (address == null) {
            queue.withdraw(id);
            return;
        }
        var _ =
                queue.revoke()
                        .cancel(id, address.deadline())
                        .thenRun(() -> {
                            // What runs is ended by its worker. What is queued might lie there
                            // until one comes.
                            if (job.status() != JobStatus.RUNNING) {
                                var _ = queue.revoke().end(cancelled(address), address.deadline());
                            }
                        });
    }

    private static JobEvent.Finished cancelled(JobIndex.Address job) {
        return new JobEvent.Finished(
                job.job(), job.model(), job.lane(), job.partition(), null, new Outcome.Cancelled());
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.JOB_NOT_FOUND, "there is no job of that id, or it ended long ago");
    }
}
