package holt.api.queue.placement;

import holt.protocol.Job;
import holt.protocol.JobId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many more jobs of one model may go to Kafka: this instance's share of one and a half for each live slot. So Kafka's
 * first-in-first-out queue stays short. Not thread-safe: {@code PlaceJobs} guards it with its lock.
 */
final class Window {
    private static final double JOBS_A_SLOT = 1.5;

    /** Before a live slot has been seen. */
    static final int AT_FIRST = 8;

    /** This instance's jobs in Kafka. */
    private final Map<JobId, Placed> placed = new HashMap<>();

    private int size = AT_FIRST;

    /**
     * A job in Kafka.
     *
     * @param work that its caller's share was charged with
     * @param named whether the owner of the line has named the job, and so has charged it, too
     */
    record Placed(Job job, long work, boolean named) {}

    /**
     * While no slot is live, the window keeps its size: the broker may be away, or a worker may be about to come.
     *
     * @param slots of all live workers
     * @param instances that share them
     */
    void resize(int slots, int instances) {
        if (slots > 0) {
            size = Math.max(1, (int) Math.ceil(slots * JOBS_A_SLOT / instances));
        }
    }

    /** The jobs of a window that nobody shares. */
    static int whole(int slots) {
        return (int) Math.ceil(slots * JOBS_A_SLOT);
    }

    boolean hasRoom() {
        return placed.size() < size;
    }

    /** How many of this instance's jobs are in Kafka. */
    int placed() {
        return placed.size();
    }

    void place(Placed job) {
        placed.put(job.job.id(), job);
    }

    /** The job has ended, or was never sent. Returns it, or null if it was not here. */
    @Nullable Placed remove(JobId job) {
        return placed.remove(job);
    }

    /** Forgets the jobs with an earlier deadline. */
    void forgetBefore(Instant deadline) {
        placed.values().removeIf(it -> it.job.deadline().isBefore(deadline));
    }
}
