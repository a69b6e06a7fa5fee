package holt.api.queue.publish;

import holt.api.queue.index.JobAddress;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record that the broker gave up: another attempt, an end, or a dead letter.
 *
 * <p>The broker gives up a record after ten deliveries. That need not mean ten runs: when a process dies, each of its idle slots may have
 * received the job once. So the job keeps its three attempts.
 */
public final class SettleUndelivered {
    private static final Logger LOG = LoggerFactory.getLogger(SettleUndelivered.class);
    private static final int ATTEMPTS = 3;
    private static final Outcome.Failed GIVEN_UP =
            new Outcome.Failed(
                    Failure.WORKER_FAILED, "every worker that took the job died while it ran");

    private final PublishJobs publish;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleUndelivered(PublishJobs publish, InstantSource clock) {
        this.publish = publish;
        this.clock = clock;
    }

    /** @return done once the broker has confirmed all that settles the record */
    CompletableFuture<?> settle(ConsumerRecord<String, byte[]> record) {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            return keepUnreadable(record, String.valueOf(e.getMessage()));
        }
        return job.attempt() < ATTEMPTS ? tryAgain(job, record) : giveUp(job, record);
    }

    private CompletableFuture<?> keepUnreadable(
            ConsumerRecord<String, byte[]> record, String reason) {
        LOG.atError()
                .addKeyValue("reason", reason)
                .log("the broker gave up a record that is no job; it becomes a dead letter");
        String bytes =
                record.value() == null ? "" : Base64.getEncoder().encodeToString(record.value());
        var letter =
                new DeadLetter(
                        null, bytes, Failure.SERVER_ERROR, reason, 0, null, clock.instant(), "");
        return publish.dead(letter, record.key());
    }

    private CompletableFuture<?> tryAgain(Job job, ConsumerRecord<String, byte[]> record) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("the broker gave up a job; its next attempt goes to the queue");
        var failed = new Job.EarlierRun(null, clock.instant(), Failure.WORKER_FAILED);
        return publish.again(job.nextAttempt(failed));
    }

    private CompletableFuture<?> giveUp(Job job, ConsumerRecord<String, byte[]> record) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log(
                        "the broker gave up a job's last attempt; the job fails and becomes a dead letter");
        var letter =
                new DeadLetter(
                        job,
                        null,
                        GIVEN_UP.reason(),
                        GIVEN_UP.message(),
                        job.attempt(),
                        null,
                        clock.instant(),
                        "");
        return CompletableFuture.allOf(
                publish.finished(JobAddress.of(job), GIVEN_UP),
                publish.dead(letter, record.key()));
    }
}
