package holt.api.queue.publish;

import holt.api.Timer;
import holt.api.queue.index.JobAddress;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels and ends jobs that nobody wants any more. While the broker is away, it repeats each record until the job's deadline. */
public final class RevokeJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RevokeJobs.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final PublishJobs publish;
    private final InstantSource clock;
    private final Timer timer;

    /** @param clock the broker's */
    public RevokeJobs(PublishJobs publish, InstantSource clock, Timer timer) {
        this.publish = publish;
        this.clock = clock;
        this.timer = timer;
    }

    /**
     * Makes workers drop the job, now or when they get it.
     *
     * @return done with the first try
     */
    public CompletableFuture<?> cancel(JobId job, Instant deadline) {
        return untilConfirmed(job, deadline, () -> publish.cancel(job, deadline));
    }

    /** Writes the outcome of a job that no worker ends. */
    public void end(JobAddress job, Outcome outcome) {
        var _ = untilConfirmed(job.id(), job.deadline(), () -> publish.finished(job, outcome));
    }

    /**
     * Cancels the job and ends it, with one try.
     *
     * @return done once the broker has confirmed both
     */
    public CompletableFuture<?> tryRevoke(JobAddress job, Outcome outcome) {
        return CompletableFuture.allOf(
                publish.cancel(job.id(), job.deadline()), publish.finished(job, outcome));
    }

    /** Cancels the job and ends it. */
    public void revoke(JobAddress job, Outcome outcome) {
        var _ = cancel(job.id(), job.deadline());
        end(job, outcome);
    }

    private CompletableFuture<?> untilConfirmed(
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
                                            ? "a job could not be revoked; the next try follows in 5 s"
                                            : "a job could not be revoked; its deadline has passed, so no try follows");
                    if (again) {
                        var _ = timer.after(RETRY_DELAY, () -> untilConfirmed(job, deadline, send));
                    }
                    return null;
                });
        return sent;
    }
}
