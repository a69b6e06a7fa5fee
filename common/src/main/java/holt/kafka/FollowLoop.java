package holt.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a follower. It goes on after every failure that can pass, from the position that it had. Its health tells for how long it has
 * failed. An error of the reader, or a failure that cannot pass, ends it.
 */
final class FollowLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowLoop.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_LEADERS = Duration.ofSeconds(1);
    private static final Duration QUICK = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final Backlog backlog;
    private final boolean toEnd;
    private final Duration pace;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader;
    private final LongConsumer polled;
    private final LongSupplier nanoTime;
    private final FollowFailures failures;
    private final LogBacklog log;
    private final CountDownLatch stop = new CountDownLatch(1);
    private long lookedForLeaders;
    private boolean allLed = true;
    private volatile boolean ended;
    private volatile long unread;
    private volatile long lastPoll;

    /**
     * @param consumer without a reset policy; the loop assigns and closes it
     * @param toEnd where to go on if the position is out of range: at the end, or else at the oldest record
     * @param pace pause between two polls, unless there are unread records
     * @param reader of each record. If it throws an exception, the loop skips the record
     * @param polled gets the number of unread records after each poll. If it throws an exception, the loop ends
     * @param nanoTime a monotonic time in nanoseconds
     */
    FollowLoop(
            String topic,
            Consumer<String, byte[]> consumer,
            Backlog backlog,
            boolean toEnd,
            Duration pace,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader,
            LongConsumer polled,
            LongSupplier nanoTime) {
        this.topic = topic;
        this.consumer = consumer;
        this.backlog = backlog;
        this.toEnd = toEnd;
        this.pace = pace;
        this.reader = reader;
        this.polled = polled;
        this.nanoTime = nanoTime;
        this.failures = new FollowFailures(topic, nanoTime);
        this.log = new LogBacklog(topic, backlog, nanoTime);
        this.lookedForLeaders = nanoTime.getAsLong();
        this.lastPoll = lookedForLeaders;
        consumer.assign(backlog.starts().keySet());
        backlog.starts().forEach(consumer::seek);
    }

    FollowHealth health() {
        return new FollowHealth(topic, failures.lasting(), ended);
    }

    /** How many records the broker was known to have after the last poll that this follower had not read. */
    long unread() {
        return unread;
    }

    /** How long ago the last poll ended. */
    Duration sincePoll() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastPoll);
    }

    void stop() {
        stop.countDown();
        consumer.wakeup();
    }

    boolean isStopped() {
        return ended || stop.getCount() == 0;
    }

    @Override
    public void run() {
        try {
            while (!stop.await(step().toNanos(), TimeUnit.NANOSECONDS)) {}
        } catch (WakeupException | InterruptedException e) {
            stop.countDown();
        } catch (Throwable e) {
            ended = true;
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .setCause(e)
                    .log("a follower cannot go on and ends");
        } finally {
            backlog.read().completeExceptionally(new BrokerUnfitException("the follower stopped"));
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    /** Reads what there is, and returns how long to pause. */
    Duration step() {
        try {
            boolean any = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                apply(record);
                any = true;
            }
            noteUnread();
            polled.accept(unread);
            backlog.advance(partition -> consumer.position(partition, QUICK));
            log.polled();
            lookForLeaders();
            if (allLed) {
                failures.polled(any);
            }
            return unread > 0 ? Duration.ZERO : pace;
        } catch (OffsetOutOfRangeException e) {
            return goOnAfterGap(e.offsetOutOfRangePartitions());
        } catch (RetriableException | AuthorizationException | AuthenticationException e) {
            return retry(e);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            reader.accept(record);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("a record could not be applied; the follower skips it");
        }
    }

    private void noteUnread() {
        unread =
                consumer.assignment().stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum();
        lastPoll = nanoTime.getAsLong();
    }

    /** A consumer reports neither a partition without a leader nor a topic that is gone. It goes on once they are back. */
    private void lookForLeaders() {
        long now = nanoTime.getAsLong();
        if (now - lookedForLeaders < LOOK_FOR_LEADERS.toNanos()) {
            return;
        }
        lookedForLeaders = now;
        Set<Integer> led =
                consumer.partitionsFor(topic, QUICK).stream()
                        .filter(partition -> partition.leader() != null)
                        .filter(partition -> !partition.leader().isEmpty())
                        .map(partition -> partition.partition())
                        .collect(Collectors.toSet());
        List<Integer> unled =
                consumer.assignment().stream()
                        .map(TopicPartition::partition)
                        .filter(partition -> !led.contains(partition))
                        .toList();
        allLed = unled.isEmpty();
        if (!allLed) {
            failures.failed("no leader for partitions " + unled);
        }
    }

    private Duration goOnAfterGap(Map<TopicPartition, Long> positions) {
        try {
            Collection<TopicPartition> partitions = positions.keySet();
            Map<TopicPartition, Long> next =
                    toEnd
                            ? consumer.endOffsets(partitions, POLL)
                            : consumer.beginningOffsets(partitions, POLL);
            next.forEach((partition, offset) -> {
                LOG.atError()
                        .addKeyValue("topic", topic)
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("position", positions.get(partition))
                        .addKeyValue("next", offset)
                        .log(
                                "the broker no longer has a follower's next record; the follower goes on behind the gap");
                consumer.seek(partition, offset);
            });
            return Duration.ZERO;
        } catch (RetriableException | AuthorizationException | AuthenticationException e) {
            return retry(e);
        }
    }

    private Duration retry(RuntimeException failure) {
        failures.failed(String.valueOf(failure.getMessage()));
        return failures.backOff();
    }
}
