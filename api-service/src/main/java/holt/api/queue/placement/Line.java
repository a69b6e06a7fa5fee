package holt.api.queue.placement;

import holt.protocol.JobId;
import holt.protocol.Lane;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one model that wait in this instance, and which of them is next. Within a lane the first to come is the first to go. While
 * lower lanes wait, one of five jobs comes from them. Not thread-safe: {@code PlaceJobs} guards it with its lock.
 */
final class Line {
    /** So many jobs of a lane go before one of the lower lanes. */
    private static final int TURNS = 4;

    private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
    private long bytes;

    private static final class Waiting {
        private final SequencedMap<JobId, WaitingJob> jobs = new LinkedHashMap<>();

        /** How many jobs have gone while lower lanes waited, since the last one of those. */
        private int turns;

        private @Nullable WaitingJob first(Predicate<WaitingJob> mayGo) {
            return jobs.values().stream().filter(mayGo).findFirst().orElse(null);
        }
    }

    Line() {
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Waiting());
        }
    }

    /** Puts the job, which does not wait yet, behind those of its lane. */
    void add(WaitingJob job) {
        lane(job).jobs.put(job.id(), job);
        bytes += job.bytes();
    }

    /** Puts the job, which has just left, before those of its lane. */
    void putBack(WaitingJob job) {
        lane(job).jobs.putFirst(job.id(), job);
        bytes += job.bytes();
    }

    /** Removes the next job, and returns it; null if no job may go. */
    @Nullable WaitingJob next(Predicate<WaitingJob> mayGo) {
        List<Waiting> waiting =
                lanes.values().stream().filter(lane -> lane.first(mayGo) != null).toList();
        for (Waiting lane : waiting) {
            boolean lowest = lane == waiting.getLast();
            if (lowest || lane.turns < TURNS) {
                lane.turns = lowest ? 0 : lane.turns + 1;
                WaitingJob next = Objects.requireNonNull(lane.first(mayGo));
                remove(next);
                return next;
            }
            lane.turns = 0;
        }
        return null;
    }

    @Nullable WaitingJob get(JobId job) {
        return lanes.values().stream()
                .flatMap(lane -> Stream.ofNullable(lane.jobs.get(job)))
                .findFirst()
                .orElse(null);
    }

    void remove(WaitingJob job) {
        lane(job).jobs.remove(job.id());
        bytes -= job.bytes();
    }

    boolean isEmpty() {
        return lanes.values().stream().allMatch(lane -> lane.jobs.isEmpty());
    }

    /** The bytes of all jobs. */
    long bytes() {
        return bytes;
    }

    int size() {
        return lanes.values().stream().mapToInt(lane -> lane.jobs.size()).sum();
    }

    List<WaitingJob> all() {
        return lanes.values().stream().flatMap(lane -> lane.jobs.values().stream()).toList();
    }

    private Waiting lane(WaitingJob job) {
        return Objects.requireNonNull(lanes.get(job.job().lane()));
    }
}
