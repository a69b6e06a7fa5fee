package holt.worker.claim;

import holt.protocol.ClaimId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who owns each run, by the log's order: the first {@code Started} of a run. A fold of {@code holt.events} from some time on. It remembers
 * the newest jobs only.
 */
public final class RunOwners {
    private final int most;
    private final LinkedHashMap<JobId, Run> newest = new LinkedHashMap<>();
    private final Map<ClaimId, Mine> mine = new HashMap<>();

    /** The last offset that has been read, by partition of the log. */
    private final Map<Integer, Long> read = new HashMap<>();

    private Instant since;

    /** A job's newest run, as far as the log has been read. */
    private record Run(int number, boolean isLast, Instant at) {}

    /** @param first whether the claim's {@code Started} is the first of its run */
    private record Mine(OpenClaim claim, CompletableFuture<Boolean> first) {
        private boolean isOf(JobId job, int atMostRun) {
            Job claimed = claim.claimed().job();
            return claimed.id().equals(job) && claimed.attempt() <= atMostRun;
        }
    }

    /**
     * @param most jobs to remember
     * @param since from that time on, all events are applied
     */
    public RunOwners(int most, Instant since) {
        this.most = most;
        this.since = since;
    }

    /** Whether the log shows that this run needs no worker: it was started, a later one was, or the job has ended. */
    synchronized boolean isTaken(JobId job, int run) {
        Run known = newest.get(job);
        return known != null && (known.isLast || known.number >= run);
    }

    /** Whether all events from that time on have been read and are remembered. */
    synchronized boolean knowsAllSince(Instant time) {
        return !time.isBefore(since);
    }

    /**
     * Waits for the claim's own {@code Started}. Call it before that event is written.
     *
     * @return true once the log shows that the claim owns its run, false once it shows that it does not
     */
    synchronized CompletableFuture<Boolean> register(OpenClaim claim) {
        var first = new CompletableFuture<Boolean>();
        mine.put(claim.claimed().claim(), new Mine(claim, first));
        return first;
    }

    synchronized void forget(OpenClaim claim) {
        mine.remove(claim.claimed().claim());
    }

    /**
     * Notes that the broker has confirmed the claim's {@code Started} at that offset. If everything before it has been read, the claim need
     * not wait for it to be read back.
     *
     * @param at the broker's time of the event
     */
    synchronized void confirmed(OpenClaim claim, int partition, long offset, Instant at) {
        if (read.getOrDefault(partition, -1L) == offset - 1) {
            started(claim.claimed().job().id(), claim.claimed().run(), claim.claimed().claim(), at);
        }
    }

    /**
     * Folds an event.
     *
     * @param at the broker's time of the event
     */
    public synchronized void apply(JobEvent event, int partition, long offset, Instant at) {
        read.put(partition, offset);
        switch (event) {
            case JobEvent.Accepted _, JobEvent.Retrying _ -> {}
            // A key that is used again after its job was forgotten begins anew.
            case JobEvent.Claimed claimed ->
                    newest.computeIfPresent(
                            claimed.job(), (_, known) -> known.isLast ? null : known);
            case JobEvent.Started started ->
                    started(started.job(), started.run(), started.claim(), at);
            case JobEvent.Requeued requeued -> {
                Mine own = mine.get(requeued.claim());
                if (own != null) {
                    own.claim.stop(OpenClaim.Stop.SUPERSEDED);
                }
            }
            case JobEvent.Finished finished -> {
                Run known = newest.get(finished.job());
                remember(finished.job(), new Run(known == null ? 0 : known.number, true, at));
                supersede(finished.job(), Integer.MAX_VALUE, finished.claim());
            }
        }
    }

    private void started(JobId job, int run, ClaimId claim, Instant at) {
        boolean first = !isTaken(job, run);
        if (first) {
            remember(job, new Run(run, false, at));
            supersede(job, run, claim);
        }
        Mine own = mine.get(claim);
        if (own != null) {
            own.first.complete(first);
        }
    }

    /** Stops this worker's claims of these runs, except the one that the event names. */
    private void supersede(JobId job, int atMostRun, @Nullable ClaimId by) {
        mine.forEach((id, own) -> {
            if (own.isOf(job, atMostRun) && !id.equals(by)) {
                own.claim.stop(OpenClaim.Stop.SUPERSEDED);
            }
        });
    }

    private void remember(JobId job, Run run) {
        newest.remove(job);
        newest.put(job, run);
        if (newest.size() > most) {
            Instant forgotten = newest.pollFirstEntry().getValue().at;
            since = forgotten.isAfter(since) ? forgotten : since;
        }
    }
}
