package holt.kafka;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The layout of the queues. Every process must have the same.
 *
 * @param partitions the most partitions of a queue topic; see {@link #partitionsFor}
 * @param lock how long a claim lasts without a renewal
 * @param session a slot that sends the broker no heartbeat for this long loses its partitions to other slots
 * @param recordLocks the in-flight window of a partition: how many later jobs may pass its oldest unfinished job. Brokers allow at most
 *     10,000, and only if {@code group.share.max.partition.max.record.locks} does
 * @param retention of jobs. It must be longer than the longest deadline
 * @param resultRetention of {@code holt.events}, which holds the outcomes
 * @param longestDeadline the longest that a client may ask for
 */
@ConfigurationProperties("holt.queue")
public record QueueSettings(
        @DefaultValue("4") int partitions,
        @DefaultValue("30s") Duration lock,
        @DefaultValue("2s") Duration session,
        @DefaultValue("10000") int recordLocks,
        @DefaultValue("25h") Duration retention,
        @DefaultValue("24h") Duration resultRetention,
        @DefaultValue("24h") Duration longestDeadline) {
    private static final int SLOTS_A_PARTITION = 4;

    /**
     * The number of partitions for a queue with that many slots: one for each four. The broker assigns each slot some of the partitions. With
     * too few slots for each partition, a job would wait for one busy slot while others are free.
     */
    public int partitionsFor(int slots) {
        return Math.clamp(slots / SLOTS_A_PARTITION, 1, partitions);
    }

    public QueueSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("holt.queue.partitions: 1 or more expected");
        }
        if (retention.compareTo(longestDeadline) <= 0) {
            throw new IllegalArgumentException(
                    "holt.queue.retention: must be longer than holt.queue.longest-deadline ("
                            + longestDeadline
                            + ")");
        }
    }
}
