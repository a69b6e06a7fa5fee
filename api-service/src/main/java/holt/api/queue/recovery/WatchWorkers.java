package holt.api.queue.recovery;

import holt.api.models.ReadHeartbeats;
import holt.api.queue.index.RunningJob;
import holt.protocol.ClaimId;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which runs have lost their worker, and which API instances are dead, by the heartbeats in log order. Silence counts only while this
 * instance's own heartbeats arrive. So a broker that was away, or an instance that stood still, makes no process look dead.
 */
public final class WatchWorkers implements ReadHeartbeats {
    /** A worker lists a claim from its {@code Started} on. Its heartbeats must agree after this time. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(5);

    private final InstanceId self;
    private final Duration deadAfter;
    private final Map<WorkerId, Seen> workers = new HashMap<>();
    private final Map<InstanceId, Instant> instances = new HashMap<>();
    private @Nullable Instant own;
    private Instant watching = Instant.MAX;

    /**
     * A worker's last heartbeat.
     *
     * @param before the heartbeat before; null for the first. Both count, since the last one may have been long on its way, and the end of a
     *     job may be read later than a heartbeat after it
     */
    private record Seen(Instant at, Set<ClaimId> claims, @Nullable Seen before) {
        private boolean misses(ClaimId claim, Instant since) {
            return at.isAfter(since) && !claims.contains(claim);
        }
    }

    /** @param deadAfter how long without a heartbeat */
    public WatchWorkers(InstanceId self, Duration deadAfter) {
        this.self = self;
        this.deadAfter = deadAfter;
    }

    @Override
    public synchronized void apply(Heartbeat heartbeat, Instant at) {
        switch (heartbeat) {
            case Heartbeat.OfWorker worker -> seen(worker, at);
            case Heartbeat.OfApi api -> {
                if (api.instance().equals(self)) {
                    if (own == null || own.plus(deadAfter.dividedBy(2)).isBefore(at)) {
                        watching = at;
                    }
                    own = at;
                }
                instances.put(api.instance(), at);
                instances.values().removeIf(this::isSilentSince);
            }
            case Heartbeat.WorkerGone(WorkerId worker) -> workers.remove(worker);
            case Heartbeat.ApiGone(InstanceId instance) -> instances.remove(instance);
        }
    }

    /** Whether the run's worker is dead, or lives and does not run it. */
    synchronized boolean isLost(RunningJob run) {
        Seen seen = workers.get(run.started().worker());
        Instant heard = seen == null ? run.since() : seen.at;
        return isSilentSince(heard) || (seen != null && isForgotten(run, seen));
    }

    /** Whether the API instance is dead. */
    synchronized boolean isGone(InstanceId instance) {
        return isSilentSince(instances.getOrDefault(instance, Instant.MIN));
    }

    private boolean isSilentSince(Instant heard) {
        Instant since = heard.isAfter(watching) ? heard : watching;
        return own != null && since.plus(deadAfter).isBefore(own);
    }

    private static boolean isForgotten(RunningJob run, Seen seen) {
        ClaimId claim = run.started().claim();
        Instant listed = run.since().plus(LISTED_WITHIN);
        return seen.misses(claim, listed)
                && seen.before != null
                && seen.before.misses(claim, listed);
    }

    private void seen(Heartbeat.OfWorker worker, Instant at) {
        Set<ClaimId> claims =
                worker.serving().stream()
                        .flatMap(serving -> serving.claims().stream())
                        .collect(Collectors.toUnmodifiableSet());
        Seen before = workers.get(worker.worker());
        workers.put(
                worker.worker(),
                new Seen(
                        at,
                        claims,
                        before == null ? null : new Seen(before.at, before.claims, null)));
        workers.values().removeIf(seen -> isSilentSince(seen.at.plus(deadAfter)));
    }
}
