package holt.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that a topic held when its follower started. It knows where the follower starts and when it has read them all. One thread
 * reads.
 */
final class Backlog {
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, Long> unread = new HashMap<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private long left;

    /**
     * @param wanted the first offset to read, by partition; negative if the partition has no record that young
     * @param ends the offsets of the next records to come
     * @param most records of each partition to read, the newest
     */
    Backlog(Map<TopicPartition, Long> wanted, Map<TopicPartition, Long> ends, long most) {
        ends.forEach((partition, end) -> {
            long first = wanted.getOrDefault(partition, -1L);
            starts.put(partition, first < 0 ? end : Math.max(first, end - most));
            if (first >= 0 && first < end) {
                unread.put(partition, end);
                left += end - starts.get(partition);
            }
        });
        completeIfRead();
    }

    /** The offset at which to start, by partition. */
    Map<TopicPartition, Long> starts() {
        return Map.copyOf(starts);
    }

    /**
     * Notes how far the follower has come.
     *
     * @param position the offset of the next record to read
     */
    void advance(ToLongFunction<TopicPartition> position) {
        if (!unread.isEmpty()) {
            left = 0;
            unread.entrySet()
                    .removeIf(end -> {
                        long records = end.getValue() - position.applyAsLong(end.getKey());
                        left += Math.max(0, records);
                        return records <= 0;
                    });
            completeIfRead();
        }
    }

    /** How many records are still to be read. */
    long left() {
        return left;
    }

    /** Completes when all records have been read. */
    CompletableFuture<Void> read() {
        return read;
    }

    private void completeIfRead() {
        if (unread.isEmpty()) {
            read.complete(null);
        }
    }
}
