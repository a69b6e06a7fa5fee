package holt.worker.settle;

import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.RecordHandler;
import holt.kafka.RetryHeaders;
import holt.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a record of one retry topic back to its queue once it is due. If the queue does not confirm, the record waits on its retry topic
 * once more. If the queue is gone, the job ends.
 *
 * <p>Each record has a virtual thread: a producer blocks for a second if it does not find a topic.
 */
final class RequeueWhenDue implements RecordHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequeueWhenDue.class);

    /** After this time without a confirmation, a queue gets no further records. They would fill the reader. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private final Topics.Retry retry;
    private final Publisher queues;
    private final PublishRetries retries;
    private final Predicate<String> exists;
    private final EndWaitingJob endWaiting;
    private final InstantSource clock;

    /** By queue: since when it has confirmed none of the sent records. */
    private final ConcurrentHashMap<String, Instant> unconfirmedSince = new ConcurrentHashMap<>();

    /**
     * @param exists whether the broker has the queue topic; may block
     * @param clock the broker's
     */
    RequeueWhenDue(
            Topics.Retry retry,
            Publisher queues,
            PublishRetries retries,
            Predicate<String> exists,
            EndWaitingJob endWaiting,
            InstantSource clock) {
        this.retry = retry;
        this.queues = queues;
        this.retries = retries;
        this.exists = exists;
        this.endWaiting = endWaiting;
        this.clock = clock;
    }

    @Override
    public Instant due(ConsumerRecord<String, byte[]> record) {
        return RetryHeaders.due(record, retry);
    }

    @Override
    public CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
        String queue = RetryHeaders.queue(record);
        if (queue == null) {
            LOG.atError()
                    .addKeyValue("jobId", record.key())
                    .log("a record of a retry topic names no queue; it is dropped");
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> move(record, queue), Thread::startVirtualThread);
    }

    private void move(ConsumerRecord<String, byte[]> record, String queue) {
        Instant now = clock.instant();
        Instant since = unconfirmedSince.putIfAbsent(queue, now);
        if (since != null && now.isAfter(since.plus(SLOW))) {
            waitAgain(record, queue);
            return;
        }
        try {
            queues.send(
                            new ProducerRecord<>(
                                    queue,
                                    null,
                                    null,
                                    record.key(),
                                    record.value(),
                                    record.headers()))
                    .join();
        } catch (CompletionException e) {
            notMoved(record, queue, e);
        } finally {
            unconfirmedSince.remove(queue);
        }
    }

    private void notMoved(
            ConsumerRecord<String, byte[]> record, String queue, CompletionException failure) {
        if (!exists.test(queue)) {
            endWaiting.end(record).join();
            return;
        }
        LOG.atWarn()
                .addKeyValue("queue", queue)
                .addKeyValue("jobId", record.key())
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("a queue did not take a job back; the job waits for its topic's delay again");
        waitAgain(record, queue);
    }

    private void waitAgain(ConsumerRecord<String, byte[]> record, String queue) {
        retries.publish(
                        retry,
                        queue,
                        record.key(),
                        record.value(),
                        retries.due(retry),
                        RetryHeaders.waits(record))
                .join();
    }
}
