package holt.api.queue.publish;

import holt.api.queue.index.JobAddress;
import holt.kafka.PublishRetries;
import holt.kafka.RecordHandler;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import holt.store.KeepPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record that the broker gave up (KIP-1191): another attempt, an end, or a dead letter.
 *
 * <p>The broker gives up a record after ten deliveries. That need not mean ten runs: when a process dies, each of its idle slots may have
 * received the job once. So the job keeps its three attempts.
 *
 * <p>If an instance dies between settling and committing, another settles the record again. Then the job runs twice or ends twice.
 */
public final class SettleUndelivered implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SettleUndelivered.class);
    private static final String PARTITION_HEADER = "__dlq.errors.partition";
    private static final int ATTEMPTS = 3;
    private static final Outcome.Failed GIVEN_UP =
            new Outcome.Failed(
                    Failure.WORKER_FAILED, "every worker that took the job died while it ran");

    private final PublishJobs publish;
    private final PublishRetries retries;
    private final KeepPayload keep;
    private final InstantSource clock;

    /** @param clock the broker's */
    public SettleUndelivered(
            PublishJobs publish, PublishRetries retries, KeepPayload keep, InstantSource clock) {
        this.publish = publish;
        this.retries = retries;
        this.keep = keep;
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
        return job.attempt() < ATTEMPTS ? tryAgain(job) : giveUp(job, record);
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
        var failed = new Job.FailedRun(null, job.attempt(), clock.instant(), Failure.WORKER_FAILED);
        Topics.Retry retry = Topics.Retry.after(job.attempt());
        return retries.publish(
                retry,
                Topics.queue(job.model(), job.lane()),
                job.id().value(),
                Codec.encode(job.nextAttempt(failed)),
                retries.due(retry),
                0);
    }

    private CompletableFuture<?> giveUp(Job job, ConsumerRecord<String, byte[]> record) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log(
                        "the broker gave up a job's last attempt; the job fails and becomes a dead letter");
        return CompletableFuture.allOf(
                publish.finished(JobAddress.of(job, partition(record)), GIVEN_UP),
                keep.of(job).thenCompose(kept -> publish.dead(letter(kept), record.key())));
    }

    private DeadLetter letter(Job job) {
        return new DeadLetter(
                job,
                null,
                GIVEN_UP.reason(),
                GIVEN_UP.message(),
                job.attempt(),
                null,
                clock.instant(),
                "");
    }

    private static int partition(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(PARTITION_HEADER);
        return header == null
                ? 0
                : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }
}
