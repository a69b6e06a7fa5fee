package holt.api.queue.recovery;

import holt.api.queue.index.JobAddress;
import holt.api.queue.index.JobIndex;
import holt.api.queue.publish.RevokeJobs;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the jobs that nobody else ends. Some are one minute past their deadline, usually because no worker ever claimed them. The others have
 * a key whose instance died before it published the job.
 */
public final class ExpireStrayJobs {
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

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final JobIndex index;
    private final WatchWorkers live;
    private final RevokeJobs revoke;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    /** The jobs whose end has been written, until the log shows it. */
    private final Set<JobId> ending = ConcurrentHashMap.newKeySet();

    /** @param clock the broker's */
    public ExpireStrayJobs(
            JobIndex index, WatchWorkers live, RevokeJobs revoke, InstantSource clock) {
        this.index = index;
        this.live = live;
        this.revoke = revoke;
        this.clock = clock;
    }

    /** @param owns whether this instance still owns the work */
    public void run(BooleanSupplier owns) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(LOOK_EVERY);
        List<JobAddress> strays = index.strays(now.minus(GRACE), live::isGone);
        ending.retainAll(strays.stream().map(JobAddress::id).collect(Collectors.toSet()));
        for (JobAddress stray : strays) {
            if (owns.getAsBoolean() && ending.add(stray.id())) {
                end(stray, now);
            }
        }
    }

    private void end(JobAddress stray, Instant now) {
        boolean expired = stray.deadline().isBefore(now);
        LOG.atWarn()
                .addKeyValue("jobId", stray.id().value())
                .addKeyValue("model", stray.model().value())
                .addKeyValue("expired", expired)
                .log("no process ended a job; this instance ends it");
        var _ =
                revoke.tryRevoke(stray, expired ? EXPIRED : ABANDONED)
                        .exceptionally(failure -> {
                            ending.remove(stray.id());
                            LOG.atWarn()
                                    .addKeyValue("jobId", stray.id().value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log("a stray job was not ended; the next try follows");
                            return null;
                        });
    }
}
