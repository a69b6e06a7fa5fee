package holt.worker.settle;

import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.RetryHeaders;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.UnreadableRecordException;
import holt.protocol.WorkerId;
import holt.worker.report.ClaimedJob;
import holt.worker.report.PublishEvents;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a queue's record away without a run: to a retry topic, to the dead letters, or as the next run to the queue. */
public final class SetAside {
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    /** A record of a newer version waits this often for a worker that can read it: about five minutes of a rolling upgrade. */
    private static final int MAX_WAITS = 10;

    private final WorkerId worker;
    private final PublishEvents events;
    private final PublishRetries retries;
    private final PublishDeadLetters deadLetters;
    private final Publisher publisher;
    private final InstantSource clock;

    /**
     * @param publisher writes to the queues
     * @param clock the broker's
     */
    public SetAside(
            WorkerId worker,
            PublishEvents events,
            PublishRetries retries,
            PublishDeadLetters deadLetters,
            Publisher publisher,
            InstantSource clock) {
        this.worker = worker;
        this.events = events;
        this.clock = clock;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
    }

    /** @return completes when the broker has the record on the other topic */
    public CompletableFuture<?> unreadable(
            ConsumerRecord<String, byte[]> record, UnreadableRecordException why) {
        int waits = RetryHeaders.waits(record);
        if (why.future() && waits < MAX_WAITS) {
            Topics.Retry retry = Topics.Retry.LATEST;
            return retries.publish(
                    retry,
                    record.topic(),
                    record.key(),
                    record.value(),
                    retries.due(retry),
                    waits + 1);
        }
        String reason = String.valueOf(why.getMessage());
        LOG.atError()
                .addKeyValue("queue", record.topic())
                .addKeyValue("reason", reason)
                .log("a record of a queue is not a job; it becomes a dead letter");
        return deadLetters.undecodable(record.key(), record.value(), reason);
    }

    /**
     * Publishes the next run of a job that this worker gives back.
     *
     * @return completes when the broker has the new record
     */
    public CompletableFuture<?> handBack(ClaimedJob claimed) {
        Job job = claimed.job();
        Job next = job.nextAttempt(new Job.EarlierRun(worker, clock.instant(), null));
        var handedBack =
                new JobEvent.Requeued(job.id(), job.model(), job.lane(), claimed.claim(), null);
        return publisher
                .send(
                        new ProducerRecord<>(
                                publisher.topics().queue(job.model()),
                                job.id().value(),
                                Codec.encode(next)))
                .thenCompose(_ -> events.publish(handedBack));
    }

    /**
     * Puts a job's record on a retry topic, unchanged: it cannot run now.
     *
     * @return completes when the broker has the record there
     */
    public CompletableFuture<?> putOff(ConsumerRecord<String, byte[]> record, Topics.Retry retry) {
        return retries.publish(
                retry,
                record.topic(),
                record.key(),
                record.value(),
                retries.due(retry),
                RetryHeaders.waits(record));
    }
}
