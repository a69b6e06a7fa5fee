package holt.api.queue.placement;

import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the workers of jobs that nobody wants any more, and keeps at it while the broker is away, until the job's deadline. */
public final class RevokeJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RevokeJobs.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final PublishJobs publish;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    /** @param clock the broker's */
    public RevokeJobs(PublishJobs publish, InstantSource clock, ScheduledExecutorService timer) {
        this.publish = publish;
        this.clock = clock;
        this.timer = timer;
    }

    /** A worker that has the job, or gets it, drops it. */
    public CompletableFuture<?> cancel(JobId job, Instant deadline) {
        return tell(job, deadline, () -> publish.cancel(job, deadline));
    }

    /** An end that no worker can tell. */
    public CompletableFuture<?> end(JobEvent.Finished end, Instant deadline) {
        return tell(end.job(), deadline, () -> publish.event(end));
    }

    /** @return done with the first try */
    private CompletableFuture<?> tell(
            JobId job, Instant deadline, Supplier<CompletableFuture<?>> send) {
        CompletableFuture<?> sent = send.get();
        var _ =
                sent.exceptionally(failure -> {
                    boolean again = clock.instant().isBefore(deadline);
                    LOG.atWarn()
                            .addKeyValue("jobId", job.value())
                            .addKeyValue("reason", failure.getMessage())
                            .log(
                                    again
                                            ? "a job could not be revoked; the next try follows in seconds"
                                            : "a job could not be revoked; its deadline has ended it");
                    if (again && !timer.isShutdown()) {
                        timer.schedule(
                                () -> tell(job, deadline, send),
                                AGAIN.toMillis(),
                                TimeUnit.MILLISECONDS);
                    }
                    return null;
                });
        return sent;
    }
}
