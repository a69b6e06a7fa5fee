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
    /** Jobs of callers without a key are all of one caller. */
    private static final Job.Origin ANYBODY = new Job.Origin("", 1, 1);

    private final Map<String, Share> shares = new HashMap<>();
    private double now;

    private static final class Share {
        /** When the caller's jobs so far end, in work a weight. */
        private double end;

        private int waiting;
    }

    /** A job of the caller has come. */
    void waits(Job job) {
        Share share = shares.computeIfAbsent(caller(job), _ -> new Share());
        if (share.waiting == 0) {
            share.end = Math.max(share.end, now);
        }
        share.waiting++;
    }

    /** A job of the caller waits no more. */
    void leaves(Job job) {
        Share share = share(job);
        share.waiting--;
        if (share.waiting == 0) {
            forgetIdle();
        }
    }

    /** When the caller's jobs so far end. The caller with the least is next. */
    double end(Job job) {
        return share(job).end;
    }

    /** The job gets its turn. */
    void serve(Job job) {
        Share share = share(job);
        now = Math.max(now, share.end);
        share.end += cost(origin(job));
    }

    /** The job did not run after all. */
    void takeBack(Job job) {
        correct(job.origin(), 0);
    }

    /** A job turned out to be that much work. */
    void correct(Job.@Nullable Origin origin, long work) {
        Job.Origin known = origin == null ? ANYBODY : origin;
        Share share = shares.get(known.caller());
        if (share != null) {
            share.end += work / known.weight() - cost(known);
        }
    }

    /** Forgets the callers without waiting jobs that are not ahead of the others: they are as good as new. */
    private void forgetIdle() {
        shares.values().removeIf(share -> share.waiting == 0 && share.end <= now);
    }

    private Share share(Job job) {
        return shares.computeIfAbsent(caller(job), _ -> new Share());
    }

    private static String caller(Job job) {
        return origin(job).caller();
    }

    private static Job.Origin origin(Job job) {
        Job.Origin origin = job.origin();
        return origin == null ? ANYBODY : origin;
    }

    private static double cost(Job.Origin origin) {
        return origin.work() / origin.weight();
    }
}
