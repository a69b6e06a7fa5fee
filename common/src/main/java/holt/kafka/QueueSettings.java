package holt.kafka;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the queues are laid out; the same on every process.
 *
 * @param partitions of a queue topic, at most; see {@link #partitionsFor}
 * @param lock how long a claimed job stays claimed without a renewal
 * @param session without a heartbeat for this long, a slot's share of the partitions goes to others
 * @param recordLocks the in-flight window of a partition: how many later jobs may pass its oldest unfinished one; 10,000 is the most that
 *     a broker allows, and it must allow it ({@code group.share.max.partition.max.record.locks})
 * @param retention of jobs; longer than the longest deadline
 * @param resultRetention of {@code holt.events}, which keeps the outcomes
 * @param longestDeadline that a client may ask for
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
    /** So many slots see one partition, and a job on it starts when the first of them is free. */
    private static final int SLOTS_A_PARTITION = 4;

    /**
     * Partitions of a queue that has so many slots. A member of a share group sees a part of the partitions: with fewer slots than partitions
     * a job would wait for the one slot that sees it, though others are free. So a queue begins with few and is given more as slots come.
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
