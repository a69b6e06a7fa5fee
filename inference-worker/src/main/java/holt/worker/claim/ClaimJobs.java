package holt.worker.claim;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs of one model for its free slots: several at a time while many slots are free, and one at a time otherwise. It runs on a platform
 * thread: a consumer that spins would block a virtual thread's carrier.
 */
final class ClaimJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimJobs.class);

    /** Claimed together while so many slots are free. More would leave little for other workers. */
    private static final int MANY = 8;

    private static final Duration LOOK_FOR_DRAIN = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration UNTIL_CLAIMABLE = Duration.ofMillis(100);

    private final String queue;
    private final Slots slots;
    private final IntFunction<ShareConsumer<String, byte[]>> consumers;
    private final HandleRecord handle;
    private final BooleanSupplier brokerAnswers;
    private volatile boolean draining;
    private volatile List<PollQueue> polled = List.of();

    /**
     * @param queue the topic
     * @param consumers make a consumer that polls at most so many records at a time
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    ClaimJobs(
            String queue,
            Slots slots,
            IntFunction<ShareConsumer<String, byte[]>> consumers,
            HandleRecord handle,
            BooleanSupplier brokerAnswers) {
        this.queue = queue;
        this.slots = slots;
        this.consumers = consumers;
        this.handle = handle;
        this.brokerAnswers = brokerAnswers;
    }

    /** How many share consumers a model of so many slots needs. */
    static int consumers(int slots) {
        return slots < MANY ? 1 : 2;
    }

    /** Claims nothing more. Running jobs may end. */
    void drain() {
        draining = true;
        polled.forEach(PollQueue::stop);
    }

    @Override
    public void run() {
        while (!draining) {
            try {
                if (canClaim()) {
                    claim();
                } else {
                    pause(UNTIL_CLAIMABLE);
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

    private boolean canClaim() {
        return brokerAnswers.getAsBoolean() && slots.runner().ready();
    }

    /** Returns when the engine is not ready, so that the queue's jobs go to others. Also when the broker is away: a consumer that does not find its group spins instead of waiting (KAFKA-20253). */
    private void claim() throws ExecutionException, InterruptedException {
        try (PollQueue one = open(1);
                PollQueue many = consumers(slots.runner().slots()) == 1 ? null : open(MANY)) {
            polled = many == null ? List.of(one) : List.of(one, many);
            PollQueue next = next(one, many);
            while (!draining && canClaim()) {
                // Reserve first, poll then: what was polled must run here. A released record counts
                // as a delivery, and the broker gives a record up after some of them.
                // After an empty poll, the broker may still answer it. Only the same consumer gets
                // that record.
                if (slots.reserve(next.most(), LOOK_FOR_DRAIN) && next.claim(slots, handle)) {
                    PollQueue last = next;
                    next = next(one, many);
                    if (next != last || !slots.areFree(1)) {
                        last.acknowledge();
                    }
                }
            }
        } finally {
            polled = List.of();
        }
    }

    private PollQueue next(PollQueue one, @Nullable PollQueue many) {
        return many != null && slots.areFree(MANY) ? many : one;
    }

    private PollQueue open(int most) {
        return new PollQueue(queue, most, consumers.apply(most), brokerAnswers);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
