package holt.worker.claim;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one slot: claims a job, holds it until it is settled, and claims the next. A consumer takes no record while it holds one, so
 * each slot has a consumer and a thread. It is a platform thread: a consumer that spins would block a virtual thread's carrier.
 */
final class ClaimJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimJobs.class);

    /** Most time until an idle slot notices the drain. A wake-up could interrupt the work on a job that was just polled. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration UNTIL_BROKER_ANSWERS = Duration.ofMillis(100);

    /** Time for the last acknowledgement and for leaving the group. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(30);

    private final String queue;
    private final Slot slot;
    private final Supplier<ShareConsumer<String, byte[]>> consumers;
    private final Duration lock;
    private final HandleRecord handle;
    private final BooleanSupplier brokerAnswers;
    private volatile boolean draining;

    /**
     * @param queue the topic
     * @param lock how long the broker holds a record for a consumer
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    ClaimJobs(
            String queue,
            Slot slot,
            Supplier<ShareConsumer<String, byte[]>> consumers,
            Duration lock,
            HandleRecord handle,
            BooleanSupplier brokerAnswers) {
        this.queue = queue;
        this.slot = slot;
        this.consumers = consumers;
        this.lock = lock;
        this.handle = handle;
        this.brokerAnswers = brokerAnswers;
    }

    /** Claims nothing more. A job in the slot may end. */
    void drain() {
        draining = true;
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
            } catch (LeaseLostException e) {
                LOG.atWarn()
                        .addKeyValue("queue", queue)
                        .addKeyValue("reason", e.getMessage())
                        .log("a lease was lost; another claim has the job, and this slot restarts");
            } catch (RuntimeException | ExecutionException e) {
                LOG.atWarn()
                        .addKeyValue("queue", queue)
                        .setCause(e)
                        .log("a slot failed and restarts; the broker delivers its job again");
                pause(AFTER_FAILURE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Returns when the broker is away: a consumer that does not find its group spins instead of waiting (KAFKA-20253). */
    private void claim() throws LeaseLostException, ExecutionException, InterruptedException {
        ShareConsumer<String, byte[]> consumer = consumers.get();
        try {
            consumer.subscribe(List.of(queue));
            while (!draining && brokerAnswers.getAsBoolean()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    handle.handle(record, slot, new Lease(consumer, record, lock));
                }
            }
        } finally {
            consumer.close(brokerAnswers.getAsBoolean() ? LEAVE_WITHIN : Duration.ZERO);
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
