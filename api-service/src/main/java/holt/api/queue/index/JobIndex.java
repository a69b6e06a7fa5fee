package holt.api.queue.index;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.ExpireStrayJobs;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All jobs that {@code holt.events} tells of, whichever instance took them; every instance folds the same. It holds where an outcome stands
 * in the log, not the outcome. Bounded: of the ended jobs the oldest are forgotten, and one that does not end is ended by
 * {@link ExpireStrayJobs}.
 */
public final class JobIndex {
    private final InstantSource clock;
    private final LiveWorkers live;
    private final Duration remembered;
    private final Map<JobId, KnownJob> alive = new HashMap<>();
    private final Map<JobId, KnownJob> ended;
    private final Map<QueueName, Flow> queues = new HashMap<>();
    private final Map<JobId, CompletableFuture<JobEvent.Claimed>> claims = new HashMap<>();
    private final Map<JobId, CompletableFuture<Void>> queueings = new HashMap<>();
    private final Map<JobId, CountDownLatch> arrivals = new HashMap<>();
    private long duplicates;
    private boolean caughtUp;

    /** What passes through one queue. */
    private static final class Flow {
        private final DrainRate rate = new DrainRate();
        private long came;
        private long left;
    }

    private record QueueName(ModelName model, Lane lane) {}

    /** Where a job lies, and until when. */
    public record Address(JobId job, ModelName model, Lane lane, int partition, Instant deadline) {}

    /**
     * @param clock the broker's
     * @param remembered how long the log keeps an outcome
     * @param most ended jobs that are remembered
     */
    public JobIndex(InstantSource clock, LiveWorkers live, Duration remembered, int most) {
        this.clock = clock;
        this.live = live;
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
    public synchronized boolean apply(JobEvent event, KnownJob.EventPlace place, Instant at) {
        if (ended.containsKey(event.job())) {
            if (event instanceof JobEvent.Finished) {
                duplicates++;
            }
            return false;
        }
        KnownJob job = alive.computeIfAbsent(event.job(), _ -> arrived(new KnownJob(event, at)));
        switch (event) {
            case JobEvent.Claimed claimed -> {
                if (job.claim != null) {
                    return false;
                }
                job.claim = claimed;
                job.partition = claimed.partition();
                CompletableFuture<JobEvent.Claimed> decided = claims.remove(claimed.job());
                if (decided != null) {
                    decided.completeAsync(() -> claimed, Thread::startVirtualThread);
                }
            }
            case JobEvent.Accepted accepted -> {
                job.accepted = accepted;
                job.created = at;
                job.partition = accepted.partition();
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
        if (!job.isClaimAlone()) {
            CompletableFuture<Void> queued = queueings.remove(job.id);
            if (queued != null) {
                queued.completeAsync(() -> null, Thread::startVirtualThread);
            }
        }
        if (job.status != JobStatus.QUEUED && !job.leftQueue) {
            job.leftQueue = true;
            Flow flow = flow(job);
            flow.left++;
            flow.rate.count(at);
        }
        return true;
    }

    /** All that was there when this instance started has been read. */
    public synchronized void caughtUp() {
        caughtUp = true;
    }

    /**
     * @throws RequestRejectedException {@code OVERLOADED} as long as older events are still read, so that a job may be there and not be known
     */
    public synchronized void requireCaughtUp() {
        if (!caughtUp) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "this instance still reads which jobs there are; try again in a moment",
                    null,
                    Duration.ofSeconds(1));
        }
    }

    /** What is known of the job. */
    public synchronized @Nullable JobState find(JobId id) {
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
                live.slots(job.model, job.lane) > 0,
                position,
                eta,
                job.attempts(),
                job.status == JobStatus.RUNNING ? live.progress(id) : null);
    }

    /** Waits for the log to tell of a job: its client may have been told a moment before. */
    public void awaitKnown(JobId id, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos();
                left > 0 && !isKnown(id);
                left = end - System.nanoTime()) {
            try {
                arrival(id).await(left, TimeUnit.NANOSECONDS);
            } finally {
                forgetArrival(id);
            }
        }
    }

    private synchronized boolean isKnown(JobId id) {
        return get(id) != null;
    }

    private synchronized CountDownLatch arrival(JobId id) {
        return get(id) == null
                ? arrivals.computeIfAbsent(id, _ -> new CountDownLatch(1))
                : new CountDownLatch(0);
    }

    private synchronized void forgetArrival(JobId id) {
        CountDownLatch arrival = arrivals.remove(id);
        if (arrival != null) {
            arrival.countDown(); // others who wait for the job ask anew
        }
    }

    /** Where the job's outcome stands; null if it has none, or it is not known. */
    public synchronized KnownJob.@Nullable EventPlace outcome(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.outcome;
    }

    /** Where a job lies that has not ended; null if it has, or is not known. */
    public synchronized @Nullable Address address(JobId id) {
        KnownJob job = alive.get(id);
        return job == null ? null : address(job);
    }

    /** The first claim in log order of a job with a key; null if it has none, or is not known. */
    public synchronized JobEvent.@Nullable Claimed claim(JobId id) {
        KnownJob job = get(id);
        return job == null ? null : job.claim;
    }

    /** That first claim, as soon as it is read back; to be asked for before one is written. */
    public synchronized CompletableFuture<JobEvent.Claimed> whenClaimed(JobId id) {
        JobEvent.Claimed claimed = claim(id);
        return claimed == null
                ? claims.computeIfAbsent(id, _ -> new CompletableFuture<>())
                : CompletableFuture.completedFuture(claimed);
    }

    /** Done when the claimed job is in its queue, or has ended. */
    public synchronized CompletableFuture<Void> whenQueued(JobId id) {
        KnownJob job = get(id);
        return job != null && job.isClaimAlone()
                ? queueings.computeIfAbsent(id, _ -> new CompletableFuture<>())
                : CompletableFuture.completedFuture(null);
    }

    /** Nobody waits for that claim any more. */
    public synchronized void forgetClaim(JobId id) {
        claims.remove(id);
    }

    /** The id under which a request with that key is to be found, or to be begun: past those that never ran, nor will. */
    public synchronized JobId job(RequestKey key) {
        int time = 0;
        for (KnownJob job = get(key.job(time));
                job != null && (job.neverRan || isAbandoned(job));
                job = get(key.job(time))) {
            time++;
        }
        return key.job(time);
    }

    /**
     * Jobs that will not end by themselves: their deadline is past, or an instance died between its claim and the job.
     *
     * @param deadline by which jobs must have ended
     */
    public synchronized List<Address> strays(Instant deadline) {
        if (!caughtUp) {
            // Most of them have ended further on in the log.
            return List.of();
        }
        return alive.values().stream()
                .filter(job -> isBefore(job.deadline(), deadline) || isAbandoned(job))
                .map(JobIndex::address)
                .toList();
    }

    /** Jobs that were ended more than once. */
    public synchronized long duplicates() {
        return duplicates;
    }

    private boolean isAbandoned(KnownJob job) {
        return job.isClaimAlone() && job.claim != null && !live.isLive(job.claim.instance());
    }

    private static boolean isBefore(@Nullable Instant time, Instant other) {
        return time != null && time.isBefore(other);
    }

    private static Address address(KnownJob job) {
        Instant deadline = job.deadline();
        return new Address(
                job.id,
                job.model,
                job.lane,
                job.partition,
                deadline == null ? job.created : deadline);
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
        forgetArrival(job.id);
        return job;
    }

    private Flow flow(KnownJob job) {
        return queues.computeIfAbsent(new QueueName(job.model, job.lane), _ -> new Flow());
    }
}
