package holt.api.queue.publish;

import holt.kafka.PublishRetries;
import holt.kafka.RecordHandler;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.UnreadableRecordException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record that no worker accepted, so that the broker gave it up (KIP-1191): another attempt, an end, or a dead letter.
 *
 * <p>If an instance dies between settling and committing, another settles the record again. Then the job runs twice or ends twice.
 */
public final class SettleUndelivered implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SettleUndelivered.class);

    private final PublishJobs publish;
    private final PublishRetries retries;
    private final SettleCrash crash;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleUndelivered(
            PublishJobs publish, PublishRetries retries, SettleCrash crash, InstantSource clock) {
        this.publish = publish;
        this.retries = retries;
        this.crash = crash;
        this.clock = clock;
    }

    /** At once. */
    @Override
    public Instant due(ConsumerRecord<String, byte[]> record) {
        return Instant.MIN;
    }

    @Override
    public CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            return keepUnreadable(record, String.valueOf(e.getMessage()));
        }
        return SettleCrash.isLast(job) ? crash.giveUp(job) : tryAgain(job);
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

    /** The retry topic outlives a queue that is gone. */
    private CompletableFuture<?> tryAgain(Job job) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("the broker gave up a job; its next attempt waits on a retry topic");
        var failed = new Job.EarlierRun(null, clock.instant(), Failure.WORKER_FAILED);
        Topics.Retry retry = Topics.Retry.after(job.failures() + 1);
        return retries.publish(
                retry,
                job.model(),
                job.id().value(),
                Codec.encode(job.nextAttempt(failed)),
                retries.due(retry));
    }
}
