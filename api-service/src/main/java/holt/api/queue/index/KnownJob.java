package holt.api.queue.index;

import holt.api.queue.usage.UsageKey;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job, as its events describe it. Not thread-safe: the index guards it with its lock. */
final class KnownJob {
    /** A bound on memory. No job reaches it by Holt's own rules. */
    private static final int MOST_ATTEMPTS = 20;

    final JobId id;
    final ModelName model;
    final Lane lane;

    /** How many jobs had arrived in the queue, this one included. */
    final long number;

    Instant created;
    JobStatus status = JobLife.FIRST;

    /** The first claim in log order; null for a job without a key. */
    JobEvent.@Nullable Claimed claim;

    /** Whose job it is; null if callers need no keys. */
    @Nullable String caller;

    /** The id of the caller's key; null if callers need no keys, or the job has ended. */
    @Nullable String key;

    /** Whether the broker is known to have the job. */
    boolean accepted;

    /** The latest that it can be, until an event has carried it. An event of a forgotten job may be the only one that comes. */
    Instant deadline;

    /** Whether a worker has started the job, or it has ended. */
    boolean leftQueue;

    /** The place of the first {@code Finished}. */
    @Nullable EventPlace outcome;

    /** The time of that event; null while the job has not ended. */
    @Nullable Instant ended;

    /** Why the job failed; null unless it did. */
    @Nullable Failure reason;

    /** Whether the job ended before a worker could have it, so that its key may begin a new job. */
    boolean neverRan;

    /** What the store has of the id; null if it has nothing. */
    @Nullable JobHead stored;

    final List<Run> runs = new ArrayList<>(1);

    /** @param started the first of its run in log order; null if the job has ended since and was read from the store */
    record Run(JobEvent.@Nullable Started started, JobState.Attempt attempt) {}

    KnownJob(JobId id, ModelName model, Lane lane, long number, Instant created, Instant deadline) {
        this.id = id;
        this.model = model;
        this.lane = lane;
        this.number = number;
        this.created = created;
        this.deadline = deadline;
    }

    /** @param longest the longest deadline that a job can have */
    KnownJob(JobEvent first, Instant at, Duration longest, long number) {
        this(first.job(), first.model(), first.lane(), number, at, at.plus(longest));
    }

    /** Whether an instance has claimed the job's key and nothing more is known of the job. */
    boolean isOnlyClaimed() {
        return claim != null && !accepted && !leftQueue;
    }

    JobAddress address() {
        return new JobAddress(id, model, lane, deadline);
    }

    /** Whether the log has shown more of the job than its end. */
    boolean hasBegun() {
        return accepted || claim != null || !runs.isEmpty();
    }

    /** @param end the broker's time of it */
    UsageKey usageKey(Instant end) {
        return new UsageKey(end, caller == null ? "" : caller, key == null ? "" : key, model);
    }

    /** How long the run was that ended the job. */
    Duration ranFor(JobEvent.Finished end, Instant at) {
        return end.claim() == null || runs.isEmpty()
                ? Duration.ZERO
                : Duration.between(runs.getLast().attempt.started(), at);
    }

    /** The present run; null unless the job runs. */
    @Nullable RunningJob running() {
        if (status != JobStatus.RUNNING || runs.isEmpty()) {
            return null;
        }
        Run run = runs.getLast();
        return run.started == null
                ? null
                : new RunningJob(address(), run.started, run.attempt.started());
    }

    /** Null if callers need no keys. */
    @Nullable OwnedJob owned() {
        return caller == null ? null : new OwnedJob(address(), caller, created, leftQueue);
    }

    List<JobState.Attempt> attempts() {
        return runs.stream().map(Run::attempt).toList();
    }

    /**
     * Folds the event.
     *
     * @return false if it changes nothing: the job has ended, its key was claimed before, or another claim owns the run
     */
    boolean apply(JobEvent event, EventPlace place, Instant at) {
        JobStatus next = JobLife.after(status, event);
        if (next == null || !counts(event)) {
            return false;
        }
        record(event, place, at);
        status = next;
        return true;
    }

    private void record(JobEvent event, EventPlace place, Instant at) {
        switch (event) {
            case JobEvent.Claimed claimed -> {
                claim = claimed;
                own(claimed.origin());
                if (!accepted) {
                    deadline = claimed.deadline();
                }
            }
            case JobEvent.Accepted confirmed -> {
                accepted = true;
                own(confirmed.origin());
                deadline = confirmed.deadline();
                created = at;
            }
            case JobEvent.Started started -> {
                if (runs.size() == MOST_ATTEMPTS) {
                    runs.remove(0);
                }
                runs.add(
                        new Run(
                                started,
                                new JobState.Attempt(started.run(), started.worker(), at, null)));
            }
            case JobEvent.Retrying retrying -> runFailed(retrying.reason());
            case JobEvent.Requeued requeued -> {
                if (requeued.reason() != null) {
                    runFailed(requeued.reason());
                }
            }
            case JobEvent.Finished finished -> {
                outcome = place;
                ended = at;
                neverRan = JobLife.neverRan(finished.outcome());
                if (finished.outcome() instanceof Outcome.Failed failed) {
                    reason = failed.reason();
                }
            }
        }
    }

    private void own(Job.@Nullable Origin origin) {
        if (origin != null && origin.hasCaller()) {
            caller = origin.caller();
            key = origin.key();
        }
    }

    private boolean counts(JobEvent event) {
        return switch (event) {
            case JobEvent.Claimed _ -> claim == null;
            case JobEvent.Started started ->
                    runs.isEmpty() || started.run() > runs.getLast().attempt.run();
            case JobEvent.Retrying retrying -> ownsRun(retrying.claim());
            case JobEvent.Requeued requeued -> ownsRun(requeued.claim());
            case JobEvent.Accepted _, JobEvent.Finished _ -> true;
        };
    }

    /** Also if the log no longer shows who owns it. */
    private boolean ownsRun(ClaimId claim) {
        if (runs.isEmpty()) {
            return true;
        }
        JobEvent.Started owner = runs.getLast().started;
        return owner == null || owner.claim().equals(claim);
    }

    private void runFailed(Failure reason) {
        if (!runs.isEmpty()) {
            Run last = runs.removeLast();
            runs.add(new Run(last.started, last.attempt.failedWith(reason)));
        }
    }
}
