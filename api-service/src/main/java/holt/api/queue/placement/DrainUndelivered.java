package holt.api.queue.placement;

import holt.kafka.KafkaClients;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import holt.protocol.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Settles the jobs that the broker gave up itself (KIP-1191): they were handed out as often as the group allows. That may be workers that
 * died, one after the other, before they could say so; or one that had many idle slots, each of which was handed the job while the process
 * died. So a job has its attempts here, too. The API instances share the work as one plain group; a job settled twice, because an instance
 * died in between, runs twice or has the same end twice.
 */
public final class DrainUndelivered implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrainUndelivered.class);
    private static final String GROUP = "holt.undelivered";
    private static final String PARTITION_HEADER = "__dlq.errors.partition";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;
    private static final Outcome.Failed GIVEN_UP =
            new Outcome.Failed(
                    Failure.WORKER_FAILED, "every worker that took the job died over it");

    private final PublishJobs publish;
    private final InstantSource clock;
    private final KafkaMessageListenerContainer<String, byte[]> container;

    /** @param clock the broker's */
    public DrainUndelivered(KafkaClients clients, PublishJobs publish, InstantSource clock) {
        this.publish = publish;
        this.clock = clock;
        var properties = new ContainerProperties(Topics.UNDELIVERED);
        properties.setGroupId(GROUP);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setMessageListener(
                (AcknowledgingMessageListener<String, byte[]>)
                        (record, acknowledgment) ->
                                settle(record, Objects.requireNonNull(acknowledgment)));
        container = new KafkaMessageListenerContainer<>(clients.consumers(), properties);
        // Without it a record is dropped after the tenth failure.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(AGAIN.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        container.setBeanName("drain-undelivered");
        container.start();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void settle(ConsumerRecord<String, byte[]> record, Acknowledgment acknowledgment) {
        settled(record).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        acknowledgment.acknowledge();
    }

    private CompletableFuture<?> settled(ConsumerRecord<String, byte[]> record) {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            LOG.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("the broker gave up a record that is no job; it is kept as a dead letter");
            String bytes =
                    record.value() == null
                            ? ""
                            : Base64.getEncoder().encodeToString(record.value());
            return publish.dead(
                    new DeadLetter(
                            null,
                            bytes,
                            Failure.SERVER_ERROR,
                            String.valueOf(e.getMessage()),
                            0,
                            null,
                            clock.instant(),
                            ""),
                    record.key());
        }
        return job.attempt() < ATTEMPTS ? tryAgain(job, record) : giveUp(job, record);
    }

    private CompletableFuture<?> tryAgain(Job job, ConsumerRecord<String, byte[]> record) {
        LOG.atWarn()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log("the broker gave up a job; it is queued again");
        var failed = new Job.FailedRun(null, job.attempt(), clock.instant(), Failure.WORKER_FAILED);
        return publish.again(job.nextAttempt(failed), partition(record));
    }

    private CompletableFuture<?> giveUp(Job job, ConsumerRecord<String, byte[]> record) {
        LOG.atError()
                .addKeyValue("jobId", job.id().value())
                .addKeyValue("model", job.model().value())
                .addKeyValue("attempt", job.attempt())
                .log(
                        "the broker gave up a job; its client is told, and it is kept as a dead letter");
        var finished =
                new JobEvent.Finished(
                        job.id(), job.model(), job.lane(), partition(record), null, GIVEN_UP);
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
        return CompletableFuture.allOf(publish.event(finished), publish.dead(letter, record.key()));
    }

    private static int partition(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(PARTITION_HEADER);
        return header == null
                ? 0
                : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }
}
