package holt.worker.claim;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs of one model for its free slots, with one share consumer. It runs on a platform thread: a consumer that spins would block a
 * virtual thread's carrier.
 */
final class ClaimJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimJobs.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration LOOK_FOR_DRAIN = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration UNTIL_BROKER_ANSWERS = Duration.ofMillis(100);

    /** Time for the last acknowledgement and for leaving the group. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(30);

    private final String queue;
    private final Slots slots;
    private final Supplier<ShareConsumer<String, byte[]>> consumers;
    private final HandleRecord handle;
    private final BooleanSupplier brokerAnswers;
    private volatile boolean draining;
    private volatile @Nullable ShareConsumer<String, byte[]> polling;

    /**
     * @param queue the topic
     * @param consumers make a consumer that polls one record at a time
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    ClaimJobs(
            String queue,
            Slots slots,
            Supplier<ShareConsumer<String, byte[]>> consumers,
            HandleRecord handle,
            BooleanSupplier brokerAnswers) {
        this.queue = queue;
        this.slots = slots;
        this.consumers = consumers;
        this.handle = handle;
        this.brokerAnswers = brokerAnswers;
    }

    /** Claims nothing more. Running jobs may end. */
    void drain() {
        draining = true;
        ShareConsumer<String, byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public void run() {
        while (!draining) {
            try {
                if (brokerAnswers.getAsBoolean()) {
                    claim();
                } else {
                    pause(UNTIL_BROKER_ANSWERS);
                }
            } catch (RuntimeException | ExecutionException e) {
                LOG.atWarn()
                        .addKeyValue("queue", queue)
                        .setCause(e)
                        .log("claiming failed and starts again; the broker delivers the job again");
                pause(AFTER_FAILURE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Returns when the broker is away: a consumer that does not find its group spins instead of waiting (KAFKA-20253). */
    private void claim() throws ExecutionException, InterruptedException {
        ShareConsumer<String, byte[]> consumer = consumers.get();
        try {
            consumer.subscribe(List.of(queue));
            while (!draining && brokerAnswers.getAsBoolean()) {
                // Reserve first, poll then: what was polled must run here. A released record counts
                // as a delivery, and the broker gives a record up after some of them.
                if (slots.reserve(LOOK_FOR_DRAIN)) {
                    claimNext(consumer);
                }
            }
        } finally {
            polling = null;
            consumer.close(brokerAnswers.getAsBoolean() ? LEAVE_WITHIN : Duration.ZERO);
        }
    }

    /** Needs a reserved slot, and gives it back unless a job has it. */
    private void claimNext(ShareConsumer<String, byte[]> consumer)
            throws ExecutionException, InterruptedException {
        boolean taken = false;
        try {
            for (ConsumerRecord<String, byte[]> record : poll(consumer)) {
                taken |= handle.handle(record, slots);
                consumer.acknowledge(record);
            }
        } finally {
            if (!taken) {
                slots.release();
            }
        }
        if (taken && slots.areTaken()) {
            // The next poll, which would carry the acknowledgement, may come much later.
            consumer.commitAsync();
        }
    }

    private ConsumerRecords<String, byte[]> poll(ShareConsumer<String, byte[]> consumer) {
        polling = consumer;
        try {
            return draining ? ConsumerRecords.empty() : consumer.poll(POLL);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            polling = null;
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
