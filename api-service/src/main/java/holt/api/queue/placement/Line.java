package holt.api.queue.placement;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one model that wait in this instance, and which of them is next. Within a lane the callers share by work ({@link FairShares}).
 * Of one caller's jobs the first to come is the first to go. While lower lanes wait, one of five jobs comes from them. Not thread-safe:
 * {@code PlaceJobs} guards it with its lock.
 */
final class Line {
    /** So many jobs of a lane go before one of the lower lanes. */
    private static final int TURNS = 4;

    private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
    private final FairShares shares = new FairShares();
    private long bytes;

    private final class Waiting {
        /** By caller. Each has its jobs in the order in which they came. */
        private final SequencedMap<String, SequencedMap<JobId, WaitingJob>> callers =
                new LinkedHashMap<>();

        /** How many jobs have gone while lower lanes waited, since the last one of those. */
        private int turns;

        private @Nullable WaitingJob first(Predicate<WaitingJob> mayGo) {
            WaitingJob best = null;
            for (SequencedMap<JobId, WaitingJob> jobs : callers.values()) {
                WaitingJob job = jobs.values().stream().filter(mayGo).findFirst().orElse(null);
                if (job != null && (best == null || isBefore(job, best))) {
                    best = job;
                }
            }
            return best;
        }

        private boolean isBefore(WaitingJob job, WaitingJob other) {
            int order = Double.compare(shares.end(job.job()), shares.end(other.job()));
            return order < 0 || (order == 0 && job.since().isBefore(other.since()));
        }

        private SequencedMap<JobId, WaitingJob> of(Job job) {
            return callers.computeIfAbsent(caller(job), _ -> new LinkedHashMap<>());
        }

        private void remove(WaitingJob job) {
            SequencedMap<JobId, WaitingJob> jobs = of(job.job());
            jobs.remove(job.id());
            if (jobs.isEmpty()) {
                callers.remove(caller(job.job()));
            }
        }

        private Stream<WaitingJob> all() {
            return callers.values().stream().flatMap(jobs -> jobs.values().stream());
        }
    }

    private final Map<JobId, WaitingJob> byId = new HashMap<>();

    Line() {
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Waiting());
        }
    }

    /** Puts the job, which does not wait yet, behind those of its caller and lane. */
    void add(WaitingJob job) {
        lane(job).of(job.job()).put(job.id(), job);
        entered(job);
    }

    /** Puts the job, which has just left, before those of its caller and lane. */
    void putBack(WaitingJob job) {
        lane(job).of(job.job()).putFirst(job.id(), job);
        entered(job);
        shares.takeBack(job.job());
    }

    private void entered(WaitingJob job) {
        byId.put(job.id(), job);
        bytes += job.bytes();
        shares.waits(job.job());
    }

    /** Removes the next job, and returns it; null if no job may go. */
    @Nullable WaitingJob next(Predicate<WaitingJob> mayGo) {
        Waiting highest = null;
        WaitingJob first = null;
        for (Waiting lane : lanes.values()) {
            WaitingJob job = lane.first(mayGo);
            if (job == null) {
                continue;
            }
            if (highest != null) {
                if (highest.turns < TURNS) {
                    highest.turns++;
                    return serve(first);
                }
                highest.turns = 0;
            }
            highest = lane;
            first = job;
        }
        if (highest != null) {
            highest.turns = 0;
        }
        return serve(first);
    }

    private @Nullable WaitingJob serve(@Nullable WaitingJob job) {
        if (job != null) {
            shares.serve(job.job());
            remove(job);
        }
        return job;
    }

    /** A job goes without having waited. */
    void passes(Job job) {
        shares.waits(job);
        shares.serve(job);
        shares.leaves(job);
    }

    /** A job that has gone turned out to be that much work. */
    void correct(Job.@Nullable Origin origin, long work) {
        shares.correct(origin, work);
    }

    @Nullable WaitingJob get(JobId job) {
        return byId.get(job);
    }

    void remove(WaitingJob job) {
        lane(job).remove(job);
        byId.remove(job.id());
        bytes -= job.bytes();
        shares.leaves(job.job());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** The bytes of all jobs. */
    long bytes() {
        return bytes;
    }

    int size() {
        return byId.size();
    }

    List<WaitingJob> all() {
        return lanes.values().stream().flatMap(Waiting::all).toList();
    }

    private Waiting lane(WaitingJob job) {
        return Objects.requireNonNull(lanes.get(job.job().lane()));
    }

    private static String caller(Job job) {
        Job.Origin origin = job.origin();
        return origin == null ? "" : origin.caller();
    }
}
