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
 * A slot's hold on one record. The slot's thread renews it every third of the lock while the slot waits.
 *
 * <p>A renewal is {@code acknowledge(RENEW)}, {@code commitSync}, and {@code poll} until the consumer presents the record again. Without the
 * commit, the broker also delivers the job to other slots. A consumer acknowledges only a presented record (KIP-1222; measured on 4.4.0).
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
     * Waits, and renews the lease meanwhile.
     *
     * @throws LeaseLostException if the broker may have delivered the job to another slot
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
     * Acknowledges a settled job.
     *
     * @throws LeaseLostException if the broker has taken the job back
     */
    void accept() throws LeaseLostException {
        awaitPresented();
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
        commit();
    }

    /** Acknowledges a job that needs no settling. The next poll sends the acknowledgement. If it is lost, the job comes again. */
    void skip() {
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
                throw new LeaseLostException(
                        "the lease was not renewed in time: " + e.getMessage());
            }
            LOG.atWarn()
                    .addKeyValue("jobId", record.key())
                    .addKeyValue("reason", e.getMessage())
                    .log("a lease was not renewed; another try follows before it expires");
        }
    }

    private void commit() throws LeaseLostException {
        Map<TopicIdPartition, Optional<KafkaException>> results =
                consumer.commitSync(lock.dividedBy(3));
        for (Optional<KafkaException> failure : results.values()) {
            if (failure.isPresent()) {
                throw new LeaseLostException(
                        "the broker refused the acknowledgement: " + failure.get().getMessage());
            }
        }
    }

    private void awaitPresented() throws LeaseLostException {
        long giveUp = System.nanoTime() + lock.toNanos() / 3;
        while (!presented) {
            if (System.nanoTime() - giveUp > 0) {
                throw new LeaseLostException(
                        "the consumer did not present the renewed record again");
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
