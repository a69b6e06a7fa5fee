package holt.api.queue.index;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All jobs of {@code holt.events}, whichever instance accepted them. It holds where an outcome stands in the log, not the outcome.
 *
 * <p>It forgets the oldest ended jobs. Open jobs need no bound: {@code ExpireStrayJobs} ends each of them in the end.
 */
public final class JobIndex {
    private final InstantSource clock;
    private final LiveWorkers live;
    private final Duration remembered;
    private final Duration longestDeadline;
    private final Map<JobId, KnownJob> open = new HashMap<>();
    private final Map<JobId, KnownJob> ended;
    private final Map<QueueName, QueueFlow> queues = new HashMap<>();
    private final AwaitedEvents awaited = new AwaitedEvents();
    private long duplicates;
    private boolean caughtUp;

    private record QueueName(ModelName model, Lane lane) {}

    /**
     * @param clock the broker's
     * @param remembered how long the log keeps an outcome
     * @param longestDeadline of a job, from its creation
     * @param most ended jobs to remember
     */
    public JobIndex(
            InstantSource clock,
            LiveWorkers live,
            Duration remembered,
            Duration longestDeadline,
            int most) {
        this.clock = clock;
        this.live = live;
        this.remembered = remembered;
        this.longestDeadline = longestDeadline;
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
     * @return false if it changes nothing: a second end, a second claim of the same key, or a second start of the same run
     */
    public synchronized boolean apply(JobEvent event, EventPlace place, Instant at) {
        KnownJob job = ended.get(event.job());
        if (job != null && event instanceof JobEvent.Claimed && isForgotten(job)) {
            // Its key is used again.
            ended.remove(job.id);
            job = null;
        }
        if (job == null) {
            job = open.computeIfAbsent(event.job(), _ -> arrive(event, at));
        }
        if (!job.apply(event, place, at)) {
            if (event instanceof JobEvent.Finished) {
                duplicates++;
            }
            return false;
        }
        if (event instanceof JobEvent.Claimed claim) {
            awaited.claimed(claim);
        }
        if (job.status != JobStatus.QUEUED && !job.leftQueue) {
            job.leftQueue = true;
            flow(job.model, job.lane).leave(at);
        }
        if (!job.isOnlyClaimed()) {
            awaited.queued(job.id);
        }
        if (job.status.isEnd()) {
            open.remove(job.id);
            ended.put(job.id, job);
        }
        return true;
    }

    /** All events have been read that were there when this instance started. */
    public synchronized void caughtUp() {
        caughtUp = true;
    }

    /**
     * @throws RequestRejectedException {@code OVERLOADED} while this instance still reads older events, so that it may not know a job yet
     */
    public synchronized void requireCaughtUp() {
        if (!caughtUp) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "this instance still reads the list of jobs; try again in a moment",
                    null,
                    Duration.ofSeconds(1));
        }
    }

    /** Null if the log has shown no such job, or its end was long ago. */
    public synchronized @Nullable JobState find(JobId id) {
        KnownJob job = get(id);
        if (job == null) {
            return null;
        }
        Long position = null;
        Long eta = null;
        if (job.status == JobStatus.QUEUED) {
            QueueFlow flow = flow(job.model, job.lane);
            position = flow.position(job);
            eta = flow.etaSeconds(position, clock.instant());
        }
        return new JobState(
                job.id,
                job.model,
                job.lane,
                job.status,
                job.created,
                live.slots(job.model) > 0,
                position,
                eta,
                job.attempts(),
                job.status == JobStatus.RUNNING ? live.progress(id) : null);
    }

    /** Done when the log shows the job. Whoever gives up waiting calls {@link #forgetArrival}. */
    public synchronized CompletableFuture<Void> whenKnown(JobId id) {
        return get(id) == null ? awaited.arrival(id) : CompletableFuture.completedFuture(null);
    }

    public synchronized void forgetArrival(JobId id) {
        awaited.forgetArrival(id);
    }

    /** Where the job's outcome stands; null if it has none, or is not known. */
    public synchronized @Nullable EventPlace outcome(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.outcome;
    }

    /** Whether a worker has started the job, or it has ended. */
    public synchronized boolean hasLeftQueue(JobId id) {
        KnownJob job = get(id);
        return job != null && job.leftQueue;
    }

    /** Null if the job has ended, or is not known. */
    public synchronized @Nullable JobAddress address(JobId id) {
        KnownJob job = open.get(id);
        return job == null ? null : job.address();
    }

    /** The first claim in log order; null if the job has no key, or is not known. */
    public synchronized JobEvent.@Nullable Claimed claim(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.claim;
    }

    /** Done with that first claim. Ask before you write one. Whoever gives up waiting calls {@link #forgetClaim}. */
    public synchronized CompletableFuture<JobEvent.Claimed> whenClaimed(JobId id) {
        JobEvent.Claimed claimed = claim(id);
        return claimed == null ? awaited.claim(id) : CompletableFuture.completedFuture(claimed);
    }

    public synchronized void forgetClaim(JobId id) {
        awaited.forgetClaim(id);
    }

    /** Done when the claimed job is in its queue, or has ended. */
    public synchronized CompletableFuture<Void> whenQueued(JobId id) {
        KnownJob job = get(id);
        return job != null && job.isOnlyClaimed()
                ? awaited.queueing(id)
                : CompletableFuture.completedFuture(null);
    }

    /** The id of the key's job: the first that may run or has run. Jobs that ended before they could run are skipped. */
    public synchronized JobId idOf(RequestKey key) {
        int time = 0;
        for (KnownJob job = get(key.job(time));
                job != null && job.neverRan;
                job = get(key.job(time))) {
            time++;
        }
        return key.job(time);
    }

    /**
     * The jobs that nobody else will end: their deadline has passed, or their instance died between its claim and the job.
     *
     * @param deadline jobs with an earlier one must have ended
     * @param isGone whether an instance is dead
     */
    public synchronized List<JobAddress> strays(Instant deadline, Predicate<InstanceId> isGone) {
        if (!caughtUp) {
            // Most of the open jobs end further on in the log.
            return List.of();
        }
        return open.values().stream()
                .filter(job ->
                        job.deadline().isBefore(deadline)
                                || (job.isOnlyClaimed()
                                        && job.claim != null
                                        && isGone.test(job.claim.instance())))
                .map(KnownJob::address)
                .toList();
    }

    /** The jobs that run, as far as the log has been read. None before this instance has caught up with it. */
    public synchronized List<RunningJob> running() {
        return caughtUp
                ? open.values().stream().map(KnownJob::running).filter(Objects::nonNull).toList()
                : List.of();
    }

    /** How many ends came after the first one of their job. */
    public synchronized long duplicates() {
        return duplicates;
    }

    private @Nullable KnownJob get(JobId id) {
        KnownJob job = open.get(id);
        if (job == null) {
            job = ended.get(id);
            if (job != null && isForgotten(job)) {
                return null;
            }
        }
        return job;
    }

    private boolean isForgotten(KnownJob job) {
        return job.created.isBefore(clock.instant().minus(remembered));
    }

    private KnownJob arrive(JobEvent first, Instant at) {
        awaited.arrived(first.job());
        long number = flow(first.model(), first.lane()).arrive();
        return new KnownJob(first, at, longestDeadline, number);
    }

    private QueueFlow flow(ModelName model, Lane lane) {
        return queues.computeIfAbsent(new QueueName(model, lane), _ -> new QueueFlow());
    }
}
