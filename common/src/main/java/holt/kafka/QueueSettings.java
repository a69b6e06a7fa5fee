package holt.kafka;

import holt.protocol.Lane;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the queues are laid out; the same on every process.
 *
 * @param partitions of a model's {@code normal} queue topic; see {@link #partitions(Lane)}
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
    /**
     * Partitions of a lane's queue topics. Where a group has fewer slots than partitions, each slot sees some of them, and a job that lies on a
     * busy slot's waits for it. The lanes with few slots have one, which all slots see.
     */
    public int partitions(Lane lane) {
        return lane == Lane.NORMAL ? partitions : 1;
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
