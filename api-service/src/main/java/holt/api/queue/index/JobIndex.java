package holt.api.queue.index;

import holt.api.RequestRejectedException;
import holt.api.models.LiveWorkers;
import holt.api.queue.usage.CountUsage;
import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageRow;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All jobs of {@code holt.events}, whichever instance accepted them. It holds where an outcome stands in the log, not the outcome.
 *
 * <p>One thread folds the events, and {@link #commit commits} what has changed to the {@link JobStore}. Any thread asks. Jobs that have not
 * ended are in memory as well, and {@code ExpireStrayJobs} ends each of them in the end.
 */
public final class JobIndex {
    private final InstantSource clock;
    private final LiveWorkers live;
    private final Retention retention;
    private final Duration longestDeadline;
    private final JobStore store;
    private final KnownJobs jobs;
    private final QueueFlows flows = new QueueFlows();
    private final CountUsage usage = new CountUsage();
    private final FoldedEvents folded;
    private final AwaitedEvents awaited = new AwaitedEvents();
    private final Map<ModelName, Map<JobStatus, Long>> ended = new HashMap<>();
    private long duplicates;
    private boolean caughtUp;

    /**
     * Goes on where the store ends.
     *
     * @param clock the broker's
     * @param longestDeadline of a job, from its creation
     */
    public JobIndex(
            InstantSource clock,
            LiveWorkers live,
            Retention retention,
            Duration longestDeadline,
            JobStore store) {
        this.clock = clock;
        this.live = live;
        this.retention = retention;
        this.longestDeadline = longestDeadline;
        this.store = store;
        jobs = new KnownJobs(store, new JobCodec(retention));
        Map<String, byte[]> notes = store.notes();
        flows.load(notes);
        usage.load(notes);
        folded = new FoldedEvents(store.offsets(), notes);
    }

    /**
     * Folds an event.
     *
     * @param at the broker's time of the event
     * @return false if it changes nothing: a second end, a second claim of the same key, or a second start of the same run
     */
    public boolean apply(JobEvent event, EventPlace place, Instant at) {
        // Only this thread changes the jobs, so what it finds here stays true.
        KnownJob known = known(event.job());
        synchronized (this) {
            folded.add(place, at);
            return fold(known, event, place, at);
        }
    }

    private boolean fold(@Nullable KnownJob known, JobEvent event, EventPlace place, Instant at) {
        KnownJob job = known;
        if (job == null) {
            job = arrive(event, at);
        } else if (event instanceof JobEvent.Claimed && retention.isOverAt(at, job)) {
            // Its key is used again.
            JobHead replaced = job.stored;
            job = arrive(event, at);
            job.stored = replaced;
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
        if (event instanceof JobEvent.Finished end && job.hasBegun()) {
            usage.add(job.usageKey(at), UsageCounts.of(end.outcome(), job.ranFor(end, at)));
        }
        if (job.status != JobStatus.QUEUED && !job.leftQueue) {
            job.leftQueue = true;
            flows.change(job.model, job.lane).leave(at);
        }
        if (!job.isOnlyClaimed()) {
            awaited.queued(job.id);
        }
        if (job.status.isEnd()) {
            ended.computeIfAbsent(job.model, _ -> new EnumMap<>(JobStatus.class))
                    .merge(job.status, 1L, Long::sum);
        }
        jobs.change(job);
        return true;
    }

    /** How many jobs have changed since the last commit. */
    public synchronized int uncommitted() {
        return jobs.changes();
    }

    /** Writes what has changed to the store. The thread that folds calls it. */
    public void commit() {
        JobBatch batch;
        synchronized (this) {
            if (!folded.hasMoved()) {
                return;
            }
            var notes = new HashMap<String, byte[]>(flows.takeChanges());
            notes.putAll(usage.takeChanges(folded.until()));
            notes.putAll(folded.notes());
            batch = new JobBatch(folded.takeOffsets(), jobs.begin(), notes, folded.until());
        }
        store.commit(batch);
        synchronized (this) {
            jobs.committed();
        }
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

    /** Null if the log has shown no such job, or its time is over. */
    public @Nullable JobState find(JobId id) {
        return read(id, this::state);
    }

    /** About how many jobs of the model wait in its queues, of all instances. */
    public synchronized long queued(ModelName model) {
        return flows.queued(model);
    }

    /** What waits in each queue, of all instances. */
    public synchronized List<QueueLoad> loads() {
        return flows.loads(jobs.open(), clock.instant());
    }

    /** How many jobs have ended since this instance started, by model and status. */
    public synchronized Map<ModelName, Map<JobStatus, Long>> ended() {
        return ended.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Map.copyOf(each.getValue())));
    }

    /** Whether the job's time is over, as far as the store still knows. */
    public boolean isForgotten(JobId id) {
        KnownJob job = known(id);
        return job != null && retention.isOverNow(clock.instant(), job);
    }

    /** Done when the log shows the job. Whoever gives up waiting calls {@link #forgetArrival}. */
    public CompletableFuture<Void> whenKnown(JobId id) {
        if (read(id, job -> job) != null) {
            return CompletableFuture.completedFuture(null);
        }
        synchronized (this) {
            return jobs.inMemory(id) == null
                    ? awaited.arrival(id)
                    : CompletableFuture.completedFuture(null);
        }
    }

    public synchronized void forgetArrival(JobId id) {
        awaited.forgetArrival(id);
    }

    /** Where the job's outcome stands; null if it has none, or is not known. */
    public @Nullable EventPlace outcome(JobId id) {
        return read(id, job -> job.outcome);
    }

    /** Whether a worker has started the job, or it has ended. */
    public boolean hasLeftQueue(JobId id) {
        return Boolean.TRUE.equals(read(id, job -> job.leftQueue));
    }

    /** Null if the job has ended, or is not known. */
    public synchronized @Nullable JobAddress address(JobId id) {
        KnownJob job = jobs.inMemory(id);
        return job == null || job.status.isEnd() ? null : job.address();
    }

    /** The first claim in log order; null if the job has no key, or is not known. */
    public JobEvent.@Nullable Claimed claim(JobId id) {
        return read(id, job -> job.claim);
    }

    /** Done with that first claim. Ask before you write one. Whoever gives up waiting calls {@link #forgetClaim}. */
    public CompletableFuture<JobEvent.Claimed> whenClaimed(JobId id) {
        JobEvent.Claimed claimed = claim(id);
        if (claimed != null) {
            return CompletableFuture.completedFuture(claimed);
        }
        synchronized (this) {
            KnownJob job = jobs.inMemory(id);
            return job == null || job.status.isEnd() || job.claim == null
                    ? awaited.claim(id)
                    : CompletableFuture.completedFuture(job.claim);
        }
    }

    public synchronized void forgetClaim(JobId id) {
        awaited.forgetClaim(id);
    }

    /** Done when the claimed job is in its queue, or has ended. */
    public synchronized CompletableFuture<Void> whenQueued(JobId id) {
        KnownJob job = jobs.inMemory(id);
        return job != null && job.isOnlyClaimed()
                ? awaited.queueing(id)
                : CompletableFuture.completedFuture(null);
    }

    /** The id of the key's job: the first that may run or has run. Jobs that ended before they could run are skipped. */
    public JobId idOf(RequestKey key) {
        int time = 0;
        while (Boolean.TRUE.equals(read(key.job(time), job -> job.neverRan))) {
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
        return jobs.open().stream()
                .filter(job ->
                        job.deadline.isBefore(deadline)
                                || (job.isOnlyClaimed()
                                        && job.claim != null
                                        && isGone.test(job.claim.instance())))
                .map(KnownJob::address)
                .toList();
    }

    /** The jobs that run, as far as the log has been read. None before this instance has caught up with it. */
    public synchronized List<RunningJob> running() {
        return caughtUp
                ? jobs.open().stream().map(KnownJob::running).filter(Objects::nonNull).toList()
                : List.of();
    }

    /** The jobs that pass and have not ended, of all instances. */
    public synchronized List<JobId> open(JobFilter filter) {
        return jobs.open().stream()
                .filter(job -> filter.passes(job.caller, job.model, job.status, job.created))
                .map(job -> job.id)
                .toList();
    }

    /** What callers used in the last hours. */
    public synchronized List<UsageRow> usage() {
        return usage.rows();
    }

    /** The jobs of known callers that have not ended. */
    public synchronized List<OwnedJob> owned() {
        return jobs.open().stream().map(KnownJob::owned).filter(Objects::nonNull).toList();
    }

    /**
     * The newest jobs that pass, as of a moment ago.
     *
     * @param after begins behind this place; null for the newest
     */
    public JobPage list(JobFilter filter, @Nullable ListPlace after, int most) {
        return store.list(filter, after, most);
    }

    /** How many ends came after the first one of their job. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /** The broker's time of the newest event; null before the first. */
    public synchronized @Nullable Instant newest() {
        return folded.newest();
    }

    private <T> @Nullable T read(JobId id, Function<KnownJob, @Nullable T> field) {
        Instant now = clock.instant();
        synchronized (this) {
            KnownJob job = jobs.inMemory(id);
            if (job != null) {
                return retention.isOverNow(now, job) ? null : field.apply(job);
            }
        }
        KnownJob job = jobs.stored(id);
        return job == null || retention.isOverNow(now, job) ? null : field.apply(job);
    }

    private @Nullable KnownJob known(JobId id) {
        synchronized (this) {
            KnownJob job = jobs.inMemory(id);
            if (job != null) {
                return job;
            }
        }
        return jobs.stored(id);
    }

    private JobState state(KnownJob job) {
        Long position = null;
        Long eta = null;
        if (job.status == JobStatus.QUEUED) {
            QueueFlow flow = flows.of(job.model, job.lane);
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
                job.status == JobStatus.RUNNING ? live.progress(job.id) : null,
                job.caller,
                job.ended,
                job.reason);
    }

    private KnownJob arrive(JobEvent first, Instant at) {
        awaited.arrived(first.job());
        long number = flows.change(first.model(), first.lane()).arrive();
        return new KnownJob(first, at, longestDeadline, number);
    }
}
