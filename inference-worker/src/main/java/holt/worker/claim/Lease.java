package holt.worker.claim;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This slot's hold on one record. It is renewed at a third of the lock, on the slot's own thread, while the slot waits for something.
 *
 * <p>A renewal is {@code acknowledge(RENEW)}, {@code commitSync}, and {@code poll} until the record is presented again: without the commit
 * the broker hands the job to others as well, and only a record that was presented can be acknowledged. (KIP-1222; measured on 4.4.0.)
 */
final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration PRESENT = Duration.ofMillis(100);

    private final ShareConsumer<String, byte[]> consumer;
    private final ConsumerRecord<String, byte[]> record;
    private final Duration lock;
    private long heldUntil;
    private boolean presented = true;

    /** @param lock how long the broker holds the record for this consumer */
    Lease(
            ShareConsumer<String, byte[]> consumer,
            ConsumerRecord<String, byte[]> record,
            Duration lock) {
        this.consumer = consumer;
        this.record = record;
        this.lock = lock;
        this.heldUntil = System.nanoTime() + lock.toNanos();
    }

    /**
     * Waits, and holds the job meanwhile.
     *
     * @throws LeaseLostException if it can no longer be held
     * @throws ExecutionException if the future fails
     */
    <T> T await(CompletableFuture<T> future)
            throws LeaseLostException, ExecutionException, InterruptedException {
        while (true) {
            try {
                return future.get(lock.toMillis() / 3, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                renew();
            }
        }
    }

    /**
     * The job is settled: the broker may forget it.
     *
     * @throws LeaseLostException if the broker had taken it back before
     */
    void accept() throws LeaseLostException {
        awaitPresented();
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
        commit();
    }

    /** There is nothing to settle. The broker is told with the next poll, and hands the job out again if it does not hear of it. */
    void pass() {
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
    }

    private void renew() throws LeaseLostException {
        try {
            awaitPresented();
            consumer.acknowledge(record, AcknowledgeType.RENEW);
            presented = false;
            commit();
            heldUntil = System.nanoTime() + lock.toNanos();
            awaitPresented();
        } catch (KafkaException e) {
            if (System.nanoTime() - heldUntil > 0) {
                throw new LeaseLostException("not renewed in time: " + e.getMessage());
            }
            LOG.atWarn()
                    .addKeyValue("jobId", record.key())
                    .addKeyValue("reason", e.getMessage())
                    .log("a lease was not renewed; the next try follows before it ends");
        }
    }

    private void commit() throws LeaseLostException {
        Map<TopicIdPartition, Optional<KafkaException>> results =
                consumer.commitSync(lock.dividedBy(3));
        for (Optional<KafkaException> failure : results.values()) {
            if (failure.isPresent()) {
                throw new LeaseLostException(
                        "refused by the broker: " + failure.get().getMessage());
            }
        }
    }

    private void awaitPresented() throws LeaseLostException {
        long giveUp = System.nanoTime() + lock.toNanos() / 3;
        while (!presented) {
            if (System.nanoTime() - giveUp > 0) {
                throw new LeaseLostException("renewed, but not presented again");
            }
            ConsumerRecords<String, byte[]> again = consumer.poll(PRESENT);
            for (ConsumerRecord<String, byte[]> candidate : again) {
                presented |=
                        candidate.offset() == record.offset()
                                && candidate.partition() == record.partition()
                                && candidate.topic().equals(record.topic());
            }
        }
    }
}
