package holt.api.queue.index;

import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job as its events tell it. Owned by {@link JobIndex}' lock. */
public final class KnownJob {
    /** More would be a fault of ours, and must not fill the memory. */
    private static final int MOST_ATTEMPTS = 20;

    final JobId id;
    final ModelName model;
    final Lane lane;

    Instant created;
    int partition;

    /** Who may publish it; null without a key. */
    JobEvent.@Nullable Claimed claim;

    /** Null as long as it is not sure to be in its queue. */
    JobEvent.@Nullable Accepted accepted;

    JobStatus status = JobStatus.QUEUED;

    /** How many had come to its queue with it. */
    long number;

    /** Whether it has left its queue, at least once. */
    boolean leftQueue;

    /** Where its first terminal event stands. */
    @Nullable EventPlace outcome;

    /** Whether it was given up before a worker could have it, so that its key may be used again. */
    boolean neverRan;

    private final List<Run> runs = new ArrayList<>(1);

    private record Run(ClaimId claim, JobState.Attempt attempt) {}

    /** A record of {@code holt.events}. */
    public record EventPlace(int partition, long offset) {}

    KnownJob(JobEvent first, Instant at) {
        id = first.job();
        model = first.model();
        lane = first.lane();
        created = at;
    }

    /** Whether an instance wanted to publish it, and nothing has been heard of it since. */
    boolean isClaimAlone() {
        return claim != null && accepted == null && status == JobStatus.QUEUED && !leftQueue;
    }

    /** Null if no event has told it yet. */
    @Nullable Instant deadline() {
        return accepted != null ? accepted.deadline() : claim != null ? claim.deadline() : null;
    }

    void started(JobEvent.Started started, Instant at) {
        if (runs.size() < MOST_ATTEMPTS) {
            runs.add(
                    new Run(
                            started.claim(),
                            new JobState.Attempt(started.run(), started.worker(), at, null)));
        }
    }

    void retrying(ClaimId claim, Failure reason) {
        runs.replaceAll(run ->
                run.claim.equals(claim)
                        ? new Run(
                                claim,
                                new JobState.Attempt(
                                        run.attempt.run(),
                                        run.attempt.worker(),
                                        run.attempt.started(),
                                        reason))
                        : run);
    }

    void finished(JobEvent.Finished finished, EventPlace place) {
        outcome = place;
        neverRan =
                finished.outcome() instanceof Outcome.Failed failed
                        && failed.reason() == Failure.OVERLOADED;
    }

    List<JobState.Attempt> attempts() {
        return runs.stream().map(Run::attempt).toList();
    }
}
