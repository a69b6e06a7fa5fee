package holt.worker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Polls a queue for reserved slots, with one share consumer. A consumer polls at most a fixed number of records. */
final class PollQueue implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(5);

    /** Time for the last acknowledgement and for leaving the group. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(30);

    /**
     * After an empty poll, the broker still works on a fetch, and nothing waits to be acknowledged. Then the connection ends with the consumer,
     * and the broker gives what it has fetched to others.
     */
    private static final Duration LEAVE_A_FETCH_WITHIN = Duration.ofMillis(500);

    private final int most;
    private final ShareConsumer<String, byte[]> consumer;
    private final BooleanSupplier brokerAnswers;
    private final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean polling;
    private boolean fetching;
    private volatile boolean stopped;

    /**
     * @param most records that the consumer polls at a time
     * @param brokerAnswers whether the broker has confirmed a heartbeat lately
     */
    PollQueue(
            String queue,
            int most,
            ShareConsumer<String, byte[]> consumer,
            BooleanSupplier brokerAnswers) {
        this.most = most;
        this.consumer = consumer;
        this.brokerAnswers = brokerAnswers;
        consumer.subscribe(List.of(queue));
    }

    /** How many slots {@link #claim} needs. */
    int most() {
        return most;
    }

    /**
     * Claims jobs for reserved slots, and gives back the slots that none of them has.
     *
     * @return whether there was a record
     */
    boolean claim(Slots slots, HandleRecord handle)
            throws ExecutionException, InterruptedException {
        int unused = most;
        ExecutionException failure = null;
        try {
            List<ConsumerRecord<String, byte[]>> records = poll();
            List<Future<Boolean>> claimed =
                    together.invokeAll(
                            records.stream()
                                    .<Callable<Boolean>>map(
                                            record -> () -> handle.handle(record, slots))
                                    .toList());
            for (int i = 0; i < records.size(); i++) {
                try {
                    if (claimed.get(i).get()) {
                        unused--;
                    }
                    consumer.acknowledge(records.get(i));
                } catch (ExecutionException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return !records.isEmpty();
        } finally {
            slots.release(unused);
        }
    }

    /** Tells the broker at once what was claimed. Otherwise the next poll of this consumer does, which may come much later. */
    void acknowledge() {
        consumer.commitAsync();
    }

    private List<ConsumerRecord<String, byte[]>> poll() {
        polling = true;
        fetching = true;
        try {
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            if (!stopped) {
                consumer.poll(POLL).forEach(records::add);
                fetching = records.isEmpty();
            }
            return records;
        } catch (WakeupException e) {
            return List.of();
        } finally {
            polling = false;
        }
    }

    /** Ends the present poll, and all later ones at once. */
    void stop() {
        stopped = true;
        if (polling) {
            consumer.wakeup();
        }
    }

    @Override
    public void close() {
        together.close();
        Duration within = fetching ? LEAVE_A_FETCH_WITHIN : LEAVE_WITHIN;
        consumer.close(brokerAnswers.getAsBoolean() ? within : Duration.ZERO);
    }
}
