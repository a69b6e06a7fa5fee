package holt.api.queue;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.queue.index.OwnedJob;
import holt.api.queue.placement.Work;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers within their limits. It counts the jobs of this instance when they come, and those of other instances when their events come.
 * So a limit holds across instances, up to the requests of the moment in which an event is on its way.
 */
final class LimitCallers implements TrackRates {
    /** A job without an end counts as gone this long after its deadline. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, CallerLoad> loads = new HashMap<>();
    private final Map<JobId, LiveJob> jobs = new HashMap<>();

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
        if (!caller.isKnown() || jobs.containsKey(job)) {
            return;
        }
        Instant now = clock.instant();
        long work = Work.estimate(request.task());
        load(caller.id()).check(caller.limits(), work, now);
        count(job, new LiveJob(caller.id(), now, now.plus(request.timeout()), work, false));
    }

    /** If the job is not accepted, it does not run. Its request counts nevertheless. */
    void until(CompletableFuture<?> accepted, JobId job) {
        var _ =
                accepted.whenComplete((_, failure) -> {
                    if (failure != null) {
                        var _ = left(job);
                    }
                });
    }

    @Override
    public synchronized RateLimits of(Caller caller) {
        return caller.isKnown()
                ? load(caller.id()).rates(caller.limits(), clock.instant())
                : RateLimits.NONE;
    }

    /** Counts a job from before this instance's start. */
    synchronized void resume(OwnedJob owned) {
        count(
                owned.job().id(),
                new LiveJob(
                        owned.caller(),
                        owned.created(),
                        owned.job().deadline(),
                        0,
                        owned.started()));
    }

    /** @param at the broker's time of the event */
    synchronized void apply(JobEvent event, Instant at) {
        switch (event) {
            case JobEvent.Accepted accepted -> {
                if (accepted.origin() != null
                        && accepted.origin().hasCaller()
                        && !jobs.containsKey(accepted.job())
                        && accepted.deadline().isAfter(clock.instant())) {
                    count(
                            accepted.job(),
                            new LiveJob(
                                    accepted.origin().caller(),
                                    at,
                                    accepted.deadline(),
                                    accepted.origin().work(),
                                    false));
                }
            }
            case JobEvent.Started started -> {
                LiveJob job = jobs.get(started.job());
                if (job != null) {
                    load(job.caller).started(job);
                }
            }
            case JobEvent.Finished finished -> {
                LiveJob job = left(finished.job());
                if (job != null) {
                    Work.measured(finished.outcome())
                            .ifPresent(work -> load(job.caller).correct(job, work, at));
                }
            }
            case JobEvent.Claimed _, JobEvent.Retrying _, JobEvent.Requeued _ -> {}
        }
    }

    /** Forgets jobs whose end never came, and callers without jobs. Runs from time to time. */
    synchronized void sweep() {
        Instant now = clock.instant();
        jobs.values()
                .removeIf(job -> {
                    boolean gone = job.deadline.plus(FORGET_AFTER).isBefore(now);
                    if (gone) {
                        load(job.caller).remove(job);
                    }
                    return gone;
                });
        loads.values().removeIf(load -> load.isIdle(now));
    }

    private synchronized @Nullable LiveJob left(JobId id) {
        LiveJob job = jobs.remove(id);
        if (job != null) {
            load(job.caller).remove(job);
        }
        return job;
    }

    private void count(JobId id, LiveJob job) {
        load(job.caller).add(job);
        jobs.put(id, job);
    }

    private CallerLoad load(String caller) {
        return loads.computeIfAbsent(caller, _ -> new CallerLoad());
    }
}
