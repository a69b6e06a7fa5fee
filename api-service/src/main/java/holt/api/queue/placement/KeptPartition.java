package holt.api.queue.placement;

import holt.protocol.JobId;
import java.util.List;
import java.util.TreeMap;

/** One partition of {@code holt.waiting}: the jobs that were read and have not gone to their queues, by offset. */
final class KeptPartition {
    private final TreeMap<Long, JobId> open = new TreeMap<>();
    private long next;

    synchronized void read(long offset) {
        next = offset + 1;
    }

    synchronized void open(long offset, JobId job) {
        open.put(offset, job);
    }

    synchronized void settle(long offset) {
        open.remove(offset);
    }

    /** The offset of the oldest open job, or of the next record. If this instance dies, another reads on from there. */
    synchronized long toCommit() {
        return open.isEmpty() ? next : open.firstKey();
    }

    synchronized List<JobId> jobs() {
        return List.copyOf(open.values());
    }
}
