package holt.api.queue;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.api.keys.Limits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A caller's jobs, and what it has sent in the last minute. Not thread-safe. */
final class CallerLoad {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private int live;
    private int queued;
    private final LastMinute requests = new LastMinute();
    private final LastMinute work = new LastMinute();

    /**
     * Whether another job keeps within the limits.
     *
     * @throws RequestRejectedException {@code RATE_LIMIT_EXCEEDED} if it does not
     */
    void check(Limits limits, long estimate, Instant now) {
        refuseIf(
                live,
                limits.concurrency(),
                Refusal.Reason.CONCURRENCY,
                "this key may have %d jobs at once");
        refuseIf(
                queued,
                limits.queued(),
                Refusal.Reason.QUEUE_FULL,
                "this key may have %d jobs that wait");
        Integer most = limits.requestsPerMinute();
        if (most != null) {
            refuseUntil(
                    requests.untilAtMost(most - 1L, now),
                    Refusal.Reason.RATE,
                    "this key may send %d requests a minute, and has sent as many",
                    most);
        }
        Integer tokens = limits.tokensPerMinute();
        if (tokens != null) {
            // A job larger than the limit passes after a minute without others.
            refuseUntil(
                    work.untilAtMost(tokens - Math.min(tokens, estimate), now),
                    Refusal.Reason.TOKENS,
                    "this key may use %d tokens a minute, and this request would use more",
                    tokens);
        }
    }

    RateLimits rates(Limits limits, Instant now) {
        return new RateLimits(
                quota(requests, limits.requestsPerMinute(), now),
                quota(work, limits.tokensPerMinute(), now));
    }

    void add(LiveJob job) {
        live++;
        queued += job.started ? 0 : 1;
        requests.add(job.arrived, 1);
        work.add(job.arrived, job.work);
    }

    void started(LiveJob job) {
        if (!job.started) {
            job.started = true;
            queued--;
        }
    }

    void remove(LiveJob job) {
        live--;
        queued -= job.started ? 0 : 1;
    }

    /** A job turned out to be that much work. More than the estimate counts now, less counts back to when the job came. */
    void correct(LiveJob job, long measured, Instant now) {
        work.add(measured > job.work ? now : job.arrived, measured - job.work);
    }

    boolean isIdle(Instant now) {
        return live == 0 && requests.sum(now) == 0 && work.sum(now) == 0;
    }

    private static RateLimits.@Nullable Quota quota(
            LastMinute used, @Nullable Integer limit, Instant now) {
        return limit == null
                ? null
                : new RateLimits.Quota(
                        limit, Math.max(0, limit - used.sum(now)), used.untilAtMost(0, now));
    }

    private static void refuseIf(
            int jobs, @Nullable Integer most, Refusal.Reason reason, String why) {
        if (most != null && jobs >= most) {
            throw refused(reason, why + ", and has as many", most, RETRY_AFTER);
        }
    }

    private static void refuseUntil(Duration wait, Refusal.Reason reason, String why, int limit) {
        if (wait.isPositive()) {
            throw refused(reason, why, limit, wait);
        }
    }

    private static RequestRejectedException refused(
            Refusal.Reason reason, String why, int limit, Duration retryAfter) {
        return RequestRejectedException.limited(
                Refusal.of(reason), why.formatted(limit), retryAfter);
    }
}
