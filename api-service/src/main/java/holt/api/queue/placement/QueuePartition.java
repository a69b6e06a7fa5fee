package holt.api.queue.placement;

import holt.protocol.JobId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition of a queue topic: its jobs from the oldest unfinished one on, by the events. Not thread-safe: {@code PlaceJobs} guards it
 * with its lock.
 */
final class QueuePartition {
    private enum State {
        QUEUED,
        STARTED,
        FINISHED
    }

    private static final class Placed {
        private final JobId job;
        private final Instant deadline;
        private State state = State.QUEUED;

        private Placed(JobId job, Instant deadline) {
            this.job = job;
            this.deadline = deadline;
        }
    }

    private final Deque<Placed> inOrder = new ArrayDeque<>();
    private final Map<JobId, Placed> unfinished = new HashMap<>();
    private int passed;

    void placed(JobId job, Instant deadline) {
        var placed = new Placed(job, deadline);
        if (unfinished.putIfAbsent(job, placed) == null) {
            inOrder.add(placed);
        }
    }

    void started(JobId job) {
        Placed placed = unfinished.get(job);
        if (placed != null && placed.state == State.QUEUED) {
            placed.state = State.STARTED;
            passed++;
        }
    }

    /** @return false if the job is not here, or had finished before */
    boolean finished(JobId job) {
        Placed placed = unfinished.remove(job);
        if (placed == null) {
            return false;
        }
        if (placed.state == State.QUEUED) {
            passed++;
        }
        placed.state = State.FINISHED;
        for (Placed head = inOrder.peek();
                head != null && head.state == State.FINISHED;
                head = inOrder.peek()) {
            inOrder.remove();
            passed--;
        }
        return true;
    }

    /** How many jobs wait or run here. */
    int outstanding() {
        return unfinished.size();
    }

    /**
     * The in-flight window in use: how many jobs a worker has taken, from the oldest unfinished one on. At
     * {@code share.partition.max.record.locks} the broker hands out no more.
     */
    int windowInUse() {
        return passed;
    }

    /** Forgets the unfinished jobs with an earlier deadline, and returns them. */
    List<JobId> forgetBefore(Instant deadline) {
        List<JobId> overdue =
                unfinished.values().stream()
                        .filter(placed -> placed.deadline.isBefore(deadline))
                        .map(placed -> placed.job)
                        .toList();
        overdue.forEach(this::finished);
        return overdue;
    }
}
