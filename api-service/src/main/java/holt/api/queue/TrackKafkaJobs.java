package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobAddress;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobResult;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import holt.api.queue.index.ReadOutcome;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.publish.RevokeJobs;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Jobs by id: those of the log from the index, and those that still wait inside this instance from placement. */
final class TrackKafkaJobs implements TrackJobs {
    /** How long an unknown job gets to appear. Another instance may have named it to its client a moment ago. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final JobIndex index;
    private final ReadOutcome outcomes;
    private final PlaceJobs place;
    private final RegisterClients clients;
    private final RevokeJobs revoke;
    private final LiveWorkers workers;

    TrackKafkaJobs(
            JobIndex index,
            ReadOutcome outcomes,
            PlaceJobs place,
            RegisterClients clients,
            RevokeJobs revoke,
            LiveWorkers workers) {
        this.index = index;
        this.outcomes = outcomes;
        this.place = place;
        this.clients = clients;
        this.revoke = revoke;
        this.workers = workers;
    }

    @Override
    public @Nullable JobState find(JobId id) {
        JobState known = index.find(id);
        if (known != null) {
            return known;
        }
        Job waiting = place.waiting(id);
        if (waiting != null) {
            boolean served = workers.slots(waiting.model()) > 0;
            return JobState.queued(
                    id,
                    waiting.model(),
                    waiting.lane(),
                    waiting.created(),
                    served,
                    waiting.caller());
        }
        index.requireCaughtUp();
        if (index.isForgotten(id)) {
            throw ReadOutcome.expired();
        }
        return awaitAndFind(id);
    }

    @Override
    public JobResult result(JobId job) {
        EventPlace place = index.outcome(job);
        if (place == null) {
            throw unknown();
        }
        return outcomes.result(place);
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
        JobAddress address = index.address(id);
        if (address == null) {
            clients.withdraw(id);
            return;
        }
        var _ =
                revoke.cancel(id, address.deadline())
                        .handle((_, _) -> null)
                        .thenRun(() -> {
                            // A worker ends a running job. A queued one might wait for a worker.
                            if (job.status() != JobStatus.RUNNING) {
                                revoke.end(address, new Outcome.Cancelled());
                            }
                        });
    }

    @Override
    public Set<JobId> open(JobFilter filter) {
        index.requireCaughtUp();
        var open = new LinkedHashSet<JobId>(index.open(filter));
        open.addAll(
                place.waiting(job ->
                        filter.passes(job.caller(), job.model(), JobStatus.QUEUED, job.created())));
        return open;
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable ListPlace after, int most) {
        index.requireCaughtUp();
        return index.list(filter, after, most);
    }

    private @Nullable JobState awaitAndFind(JobId id) {
        try {
            index.whenKnown(id).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            index.forgetArrival(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return index.find(id);
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.JOB_NOT_FOUND, "no such job exists, or it ended too long ago");
    }
}
