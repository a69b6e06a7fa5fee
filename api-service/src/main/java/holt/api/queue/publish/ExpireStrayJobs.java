package holt.api.queue.publish;

import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobAddress;
import holt.api.queue.index.JobIndex;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the jobs that nobody else ends. Some are one minute past their deadline, usually because no worker ever claimed them. The others have
 * a key whose instance died before it published the job.
 *
 * <p>Only the live instance with the lowest id does this. If two do it for a moment, the first end counts.
 */
public final class ExpireStrayJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpireStrayJobs.class);

    /** A worker ends its jobs at the deadline. Its event gets this long to arrive. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Outcome EXPIRED =
            new Outcome.Failed(
                    Failure.TIMEOUT, "the deadline passed before a worker had taken the job");
    private static final Outcome ABANDONED =
            new Outcome.Failed(
                    Failure.OVERLOADED,
                    "the API instance died before it had queued the job; try again");

    private final InstanceId instance;
    private final JobIndex index;
    private final LiveWorkers live;
    private final RevokeJobs revoke;
    private final InstantSource clock;

    /** @param clock the broker's */
    public ExpireStrayJobs(
            InstanceId instance,
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
        if (live.isFirst(instance)) {
            Instant now = clock.instant();
            index.strays(now.minus(GRACE)).forEach(stray -> end(stray, now));
        }
    }

    private void end(JobAddress stray, Instant now) {
        boolean expired = stray.deadline().isBefore(now);
        LOG.atWarn()
                .addKeyValue("jobId", stray.id().value())
                .addKeyValue("model", stray.model().value())
                .addKeyValue("expired", expired)
                .log("no process ended a job; this instance ends it");
        revoke.revoke(stray, expired ? EXPIRED : ABANDONED);
    }
}
