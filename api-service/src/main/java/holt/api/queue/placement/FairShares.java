package holt.api.queue.placement;

import holt.protocol.Job;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much work the line has given to each caller, in proportion to the callers' weights. Whoever got least is next, so callers share by work
 * and not by number of jobs. A caller that comes back gets no credit for the time in which it had no jobs. Not thread-safe.
 *
 * <p>This is start-time fair queueing (P. Goyal, H. Vin, H. Cheng, "Start-time Fair Queueing", SIGCOMM 1996).
 */
final class FairShares {
    /** Jobs without an origin are all of one caller. */
    private static final Job.Origin ANYBODY = new Job.Origin("", 1, 1);

    private final Map<String, Share> shares = new HashMap<>();
    private double now;

    private static final class Share {
        /** When the caller's jobs so far end, in work a weight. */
        private double end;

        private int waiting;
    }

    /** Whose the job is, and how much work. */
    static Job.Origin of(Job.@Nullable Origin origin) {
        return origin == null ? ANYBODY : origin;
    }

    /** A job of the caller has come. */
    void waits(Job.Origin job) {
        Share share = share(job);
        if (share.waiting == 0) {
            share.end = Math.max(share.end, least());
        }
        share.waiting++;
    }

    /** A job of the caller waits no more. */
    void leaves(Job.Origin job) {
        Share share = share(job);
        share.waiting--;
        if (share.waiting == 0) {
            forgetIdle();
        }
    }

    /** When the caller's jobs so far end. The caller with the least is next. */
    double end(Job.Origin job) {
        return share(job).end;
    }

    /** The job gets its turn. */
    void serve(Job.Origin job) {
        Share share = share(job);
        now = Math.max(now, share.end);
        share.end += cost(job);
    }

    /** A job that got its turn was less work after all, or more. */
    void correct(String caller, double more) {
        Share share = shares.get(caller);
        if (share != null) {
            share.end += more;
        }
    }

    /** The job's share of its caller's time. */
    static double cost(Job.Origin job) {
        return job.work() / job.weight();
    }

    /** Where a newcomer begins: where the last job began, unless those who wait turned out to have got less. */
    private double least() {
        return shares.values().stream()
                .filter(share -> share.waiting > 0)
                .mapToDouble(share -> share.end)
                .reduce(now, Math::min);
    }

    /** Forgets the callers without waiting jobs that are not ahead of the others: they are as good as new. */
    private void forgetIdle() {
        double least = least();
        shares.values().removeIf(share -> share.waiting == 0 && share.end <= least);
    }

    private Share share(Job.Origin job) {
        return shares.computeIfAbsent(job.caller(), _ -> new Share());
    }
}
