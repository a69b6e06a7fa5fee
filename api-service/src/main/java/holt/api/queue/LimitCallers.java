package holt.api.queue;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.api.queue.index.OwnedJob;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps callers within their limits. It counts the jobs of this instance when they come, and those of other instances when their events come.
 * So a limit holds across instances, up to the requests of the moment in which an event is on its way.
 */
final class LimitCallers {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A job without an end counts as gone this long after its deadline. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Load> loads = new HashMap<>();
    private final Map<JobId, String> callers = new HashMap<>();

    /** A caller's jobs. */
    private static final class Load {
        /** Live ones, with their deadlines. */
        private final Map<JobId, Instant> live = new HashMap<>();

        private final LastMinute requests = new LastMinute();
    }

    /** @param clock the broker's */
    LimitCallers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts a new job of this instance.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if it is beyond its caller's limits
     */
    synchronized void admit(JobId job, NewJob request) {
        Caller caller = request.caller();
        if (!caller.isKnown() || callers.containsKey(job)) {
            return;
        }
        Instant now = clock.instant();
        Load load = loads.computeIfAbsent(caller.id(), _ -> new Load());
        Limits limits = caller.limits();
        if (limits.concurrency() != null && load.live.size() >= limits.concurrency()) {
            throw RequestRejectedException.limited(
                    Refusal.of(Refusal.Reason.CONCURRENCY),
                    "this key may have %d jobs at once, and has as many"
                            .formatted(limits.concurrency()),
                    RETRY_AFTER);
        }
        Duration wait =
                limits.requestsPerMinute() == null
                        ? Duration.ZERO
                        : load.requests.untilBelow(limits.requestsPerMinute(), now);
        if (wait.isPositive()) {
            throw RequestRejectedException.limited(
                    Refusal.of(Refusal.Reason.RATE),
                    "this key may send %d requests a minute, and has sent as many"
                            .formatted(limits.requestsPerMinute()),
                    wait);
        }
        count(caller.id(), job, now.plus(request.timeout()), now);
    }

    /** If the job is not accepted, it does not run. Its request counts nevertheless. */
    void until(CompletableFuture<?> accepted, JobId job) {
        var _ =
                accepted.whenComplete((_, failure) -> {
                    if (failure != null) {
                        left(job);
                    }
                });
    }

    private synchronized void left(JobId job) {
        String caller = callers.remove(job);
        Load load = caller == null ? null : loads.get(caller);
        if (load != null) {
            load.live.remove(job);
        }
    }

    /** Counts a job from before this instance's start. */
    synchronized void resume(OwnedJob owned) {
        count(owned.caller(), owned.job().id(), owned.job().deadline(), owned.created());
    }

    /** @param at the broker's time of the event */
    synchronized void apply(JobEvent event, Instant at) {
        switch (event) {
            case JobEvent.Accepted accepted -> {
                if (accepted.origin() != null
                        && accepted.origin().hasCaller()
                        && !callers.containsKey(accepted.job())
                        && accepted.deadline().isAfter(clock.instant())) {
                    count(accepted.origin().caller(), accepted.job(), accepted.deadline(), at);
                }
            }
            case JobEvent.Finished finished -> left(finished.job());
            case JobEvent.Claimed _,
                    JobEvent.Started _,
                    JobEvent.Retrying _,
                    JobEvent.Requeued _ -> {}
        }
    }

    /** Forgets jobs whose end never came, and callers without jobs. Runs from time to time. */
    synchronized void sweep() {
        Instant now = clock.instant();
        loads.values()
                .forEach(load ->
                        load.live
                                .entrySet()
                                .removeIf(job -> {
                                    boolean gone = job.getValue().plus(FORGET_AFTER).isBefore(now);
                                    if (gone) {
                                        callers.remove(job.getKey());
                                    }
                                    return gone;
                                }));
        loads.values().removeIf(load -> load.live.isEmpty() && load.requests.isEmpty(now));
    }

    private void count(String caller, JobId job, Instant deadline, Instant at) {
        Load load = loads.computeIfAbsent(caller, _ -> new Load());
        load.live.put(job, deadline);
        load.requests.add(at);
        callers.put(job, caller);
    }
}
