package holt.api.queue;

import holt.api.Instance;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.placement.RevokeJobs;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs that will not end by themselves. Long after its deadline: no worker ever came for it. Or an instance claimed its key and died
 * before it had published the job; then the key's next request begins anew. One instance does it for all; where two do, the first end counts.
 */
public final class ExpireStrayJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpireStrayJobs.class);

    /** A worker ends what it holds at the deadline; its word may still be on its way. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final Outcome EXPIRED =
            new Outcome.Failed(
                    Failure.TIMEOUT, "the deadline passed before a worker had taken the job");
    private static final Outcome ABANDONED =
            new Outcome.Failed(
                    Failure.OVERLOADED,
                    "the instance that took the job died before it was queued; try again");

    private final Instance instance;
    private final JobIndex index;
    private final LiveWorkers live;
    private final RevokeJobs revoke;
    private final InstantSource clock;

    /** @param clock the broker's */
    ExpireStrayJobs(
            Instance instance,
            JobIndex index,
            LiveWorkers live,
            RevokeJobs revoke,
            InstantSource clock) {
        this.instance = instance;
        this.index = index;
        this.live = live;
        this.revoke = revoke;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (live.isFirst(instance.id())) {
            Instant now = clock.instant();
            index.strays(now.minus(LATE)).forEach(stray -> end(stray, now));
        }
    }

    private void end(JobIndex.Address stray, Instant now) {
        boolean expired = stray.deadline().isBefore(now);
        LOG.atWarn()
                .addKeyValue("jobId", stray.job().value())
                .addKeyValue("model", stray.model().value())
                .addKeyValue("expired", expired)
                .log("a job would not end by itself; it is ended now");
        var _ = revoke.cancel(stray.job(), stray.deadline());
        var _ =
                revoke.end(
                        new JobEvent.Finished(
                                stray.job(),
                                stray.model(),
                                stray.lane(),
                                stray.partition(),
                                null,
                                expired ? EXPIRED : ABANDONED),
                        stray.deadline());
    }
}
