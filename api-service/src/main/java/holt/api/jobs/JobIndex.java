package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All jobs that {@code holt.events} tells of, whichever instance took them; every instance folds the same. It holds where an outcome stands
 * in the log, not the outcome. Bounded: of the ended jobs the oldest are forgotten, and one that does not end is ended by
 * {@link EndOverdue}.
 */
final class JobIndex {
    private final InstantSource clock;
    private final LiveWorkers workers;
    private final Duration remembered;
    private final Map<JobId, KnownJob> alive = new HashMap<>();
    private final Map<JobId, KnownJob> ended;
    private final Map<QueueName, Flow> queues = new HashMap<>();
    private final Map<JobId, CompletableFuture<JobEvent.Accepted>> claims = new HashMap<>();
    private long duplicates;
    private boolean caughtUp;

    /** What passes through one queue. */
    private static final class Flow {
        private final DrainRate rate = new DrainRate();
        private long came;
        private long left;
    }

    private record QueueName(ModelName model, Lane lane) {}

    /**
     * @param clock the broker's
     * @param remembered how long the log keeps an outcome
     * @param most ended jobs that are remembered
     */
    JobIndex(InstantSource clock, LiveWorkers workers, Duration remembered, int most) {
        this.clock = clock;
        this.workers = workers;
        this.remembered = remembered;
        ended =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<JobId, KnownJob> eldest) {
                        return size() > most;
                    }
                };
    }

    /**
     * Folds an event.
     *
     * @param at the broker's time of the event
     * @return false if it changes nothing: a second end, or another claim of the same key
     */
    synchronized boolean apply(JobEvent event, KnownJob.EventPlace place, Instant at) {
        if (ended.containsKey(event.job())) {
            if (event instanceof JobEvent.Finished) {
                duplicates++;
            }
            return false;
        }
        KnownJob job = alive.computeIfAbsent(event.job(), _ -> arrived(new KnownJob(event, at)));
        switch (event) {
            case JobEvent.Accepted accepted -> {
                if (job.accepted != null) {
                    return false;
                }
                job.accepted = accepted;
                job.created = at;
                job.partition = accepted.partition();
                CompletableFuture<JobEvent.Accepted> claim = claims.remove(accepted.job());
                if (claim != null) {
                    claim.completeAsync(() -> accepted, Thread::startVirtualThread);
                }
                if (job.status != JobStatus.QUEUED) {
                    // A quick worker's word came first.
                    return true;
                }
            }
            case JobEvent.Started started -> {
                job.partition = started.partition();
                job.started(started, at);
            }
            case JobEvent.Retrying retrying -> job.retrying(retrying.claim(), retrying.reason());
            case JobEvent.Finished finished -> {
                job.finished(finished, place);
                alive.remove(job.id);
                ended.put(job.id, job);
            }
        }
        job.status = JobStatus.after(event);
        if (job.status != JobStatus.QUEUED && !job.leftQueue) {
            job.leftQueue = true;
            Flow flow = flow(job);
            flow.left++;
            flow.rate.count(at);
        }
        return true;
    }

    /** All that was there when this instance started has been read. */
    synchronized void caughtUp() {
        caughtUp = true;
    }

    /**
     * @throws RequestRejectedException {@code OVERLOADED} as long as older events are still read, so that a job may be there and not be known
     */
    synchronized void requireCaughtUp() {
        if (!caughtUp) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "this instance still reads which jobs there are; try again in a moment",
                    null,
                    Duration.ofSeconds(1));
        }
    }

    /** What is known of the job. */
    synchronized @Nullable JobState find(JobId id) {
        KnownJob job = get(id);
        if (job == null) {
            return null;
        }
        Long position = null;
        Long eta = null;
        if (job.status == JobStatus.QUEUED) {
            Flow flow = flow(job);
            position = Math.max(1, job.number - flow.left);
            double rate = flow.rate.perSecond(clock.instant());
            eta = rate == 0 ? null : (long) Math.ceil(position / rate);
        }
        return new JobState(
                job.id,
                job.model,
                job.lane,
                job.status,
                job.created,
                workers.slots(job.model, job.lane) > 0,
                position,
                eta,
                job.attempts());
    }

    /** Where the job's outcome stands; null if it has none, or it is not known. */
    synchronized KnownJob.@Nullable EventPlace outcome(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.outcome;
    }

    /** The job's acceptance; null if it was not, or it is not known. */
    synchronized JobEvent.@Nullable Accepted accepted(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.accepted;
    }

    /** The partition of the job's queue on which it was last seen. */
    synchronized int partition(JobId id) {
        KnownJob job = get(id);
        return job == null ? 0 : job.partition;
    }

    /** The id under which a request with that key is to be found, or to be begun. */
    synchronized JobId job(RequestKey key) {
        int time = 0;
        for (KnownJob job = get(key.job(time));
                job != null && job.neverRan;
                job = get(key.job(time))) {
            time++;
        }
        return key.job(time);
    }

    /** The job's first {@code Accepted} in log order, as soon as it is read back; to be asked for before one is written. */
    synchronized CompletableFuture<JobEvent.Accepted> whenAccepted(JobId id) {
        JobEvent.Accepted accepted = accepted(id);
        return accepted == null
                ? claims.computeIfAbsent(id, _ -> new CompletableFuture<>())
                : CompletableFuture.completedFuture(accepted);
    }

    /** Nobody waits for that acceptance any more. */
    synchronized void forgetClaim(JobId id) {
        claims.remove(id);
    }

    /** Jobs that should have ended by then, and of whose end nobody has told. */
    synchronized List<JobEvent.Accepted> overdue(Instant deadline) {
        return alive.values().stream()
                .filter(job -> job.accepted != null && job.accepted.deadline().isBefore(deadline))
                .map(job -> job.accepted)
                .toList();
    }

    /** Jobs that were ended more than once. */
    synchronized long duplicates() {
        return duplicates;
    }

    private @Nullable KnownJob get(JobId id) {
        KnownJob job = alive.get(id);
        if (job == null) {
            job = ended.get(id);
            if (job != null && job.created.isBefore(clock.instant().minus(remembered))) {
                return null;
            }
        }
        return job;
    }

    private KnownJob arrived(KnownJob job) {
        job.number = ++flow(job).came;
        return job;
    }

    private Flow flow(KnownJob job) {
        return queues.computeIfAbsent(new QueueName(job.model, job.lane), _ -> new Flow());
    }
}
