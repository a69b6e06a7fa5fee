package holt.api.jobs;

import holt.api.models.LiveWorkers;
import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs that have no end long after their deadline: no worker came for them, or the instance that had accepted one died before it was
 * in its queue. One instance does it for all; where two do, the first end counts.
 */
final class EndOverdue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EndOverdue.class);

    /** A worker ends what it holds at the deadline; its word may still be on its way. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final Outcome EXPIRED =
            new Outcome.Failed(
                    Failure.TIMEOUT, "the deadline passed before a worker had taken the job");

    private final Instance instance;
    private final JobIndex index;
    private final LiveWorkers live;
    private final PublishJobs publish;
    private final InstantSource clock;

    /** @param clock the broker's */
    EndOverdue(
            Instance instance,
            JobIndex index,
            LiveWorkers live,
            PublishJobs publish,
            InstantSource clock) {
        this.instance = instance;
        this.index = index;
        this.live = live;
        this.publish = publish;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (live.isFirst(instance.id())) {
            index.overdue(clock.instant().minus(LATE)).forEach(this::end);
        }
    }

    private void end(JobEvent.Accepted job) {
        LOG.atWarn()
                .addKeyValue("jobId", job.job().value())
                .addKeyValue("model", job.model().value())
                .log("a job has no end long after its deadline; it is ended now");
        var _ =
                publish.event(
                                new JobEvent.Finished(
                                        job.job(),
                                        job.model(),
                                        job.lane(),
                                        job.partition(),
                                        null,
                                        EXPIRED))
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("jobId", job.job().value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log("its end was not written; the next try follows");
                            return null;
                        });
    }
}
