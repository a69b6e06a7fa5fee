package holt.api.queue.placement;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.LineMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one model that wait in this instance, and which of them is next. Within a lane the callers share by work ({@link FairShares}).
 * Of one caller's jobs the first to come is the first to go. The lanes take turns ({@link LaneShares}). Not thread-safe: {@code PlaceJobs}
 * guards it with its lock.
 */
final class Line {
    /** The owner of the line sees so many callers of a lane at once, those who got least. */
    private static final int CALLERS_TOLD = 64;

    /** And so many jobs of each. */
    private static final int JOBS_TOLD = 8;

    /** Of the newest job in the mean ratio of work to estimate. */
    private static final double NEWEST = 0.2;

    /** As far as they are counted. */
    private static final int JOBS_COUNTED = 64;

    private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
    private final LaneShares turns;
    private final FairShares shares = new FairShares();

    /** Of the work that jobs were to that which was estimated, by caller. */
    private final Map<String, Double> ratios = new HashMap<>();

    /** Of all callers, for those whose ratio is not known yet; null before the first end. */
    private @Nullable Double usualRatio;

    private final Map<String, Double> corrections = new HashMap<>();
    private final Map<JobId, WaitingJob> byId = new HashMap<>();
    private long bytes;
    private int held;
    private long heldWork;

    private final class Waiting {
        /** By caller. Each has its jobs in the order in which they came. */
        private final SequencedMap<String, SequencedMap<JobId, WaitingJob>> callers =
                new LinkedHashMap<>();

        /** Of the jobs that only this instance knows, by caller. */
        private final Map<String, Long> heldWork = new HashMap<>();

        private @Nullable WaitingJob first(Predicate<WaitingJob> mayGo) {
            WaitingJob best = null;
            for (String caller : callers.keySet()) {
                WaitingJob job = first(caller, mayGo);
                if (job != null && (best == null || isBefore(job, best))) {
                    best = job;
                }
            }
            return best;
        }

        private @Nullable WaitingJob first(String caller, Predicate<WaitingJob> mayGo) {
            SequencedMap<JobId, WaitingJob> jobs = callers.get(caller);
            return jobs == null
                    ? null
                    : jobs.values().stream().filter(mayGo).findFirst().orElse(null);
        }

        private boolean isBefore(WaitingJob job, WaitingJob other) {
            int order = Double.compare(shares.end(job.origin()), shares.end(other.origin()));
            return order < 0 || (order == 0 && job.since().isBefore(other.since()));
        }

        private Stream<LineMessage.Want> wants(Lane lane, Predicate<WaitingJob> mayGo) {
            return callers.values().stream()
                    .sorted((one, other) -> Double.compare(end(one), end(other)))
                    .limit(CALLERS_TOLD)
                    .map(jobs -> jobs.values().stream().filter(mayGo).limit(JOBS_COUNTED).toList())
                    .filter(jobs -> !jobs.isEmpty())
                    .map(jobs -> want(lane, jobs));
        }

        private double end(SequencedMap<JobId, WaitingJob> jobs) {
            return shares.end(jobs.firstEntry().getValue().origin());
        }

        private SequencedMap<JobId, WaitingJob> of(WaitingJob job) {
            return callers.computeIfAbsent(job.origin().caller(), _ -> new LinkedHashMap<>());
        }

        private void remove(WaitingJob job) {
            SequencedMap<JobId, WaitingJob> jobs = of(job);
            jobs.remove(job.id());
            if (jobs.isEmpty()) {
                callers.remove(job.origin().caller());
            }
        }

        private Stream<WaitingJob> all() {
            return callers.values().stream().flatMap(jobs -> jobs.values().stream());
        }
    }

    /** @param leastShare of a lower lane's work, while higher ones wait */
    Line(double leastShare) {
        turns = new LaneShares(leastShare);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Waiting());
        }
    }

    /** Puts the job, which does not wait yet, behind those of its caller and lane. */
    void add(WaitingJob job) {
        lane(job).of(job).put(job.id(), job);
        entered(job);
    }

    /** Puts the job, which has just left, before those of its caller and lane. */
    void putBack(WaitingJob job, Window.Placed placed) {
        lane(job).of(job).putFirst(job.id(), job);
        entered(job);
        change(placed, 0);
    }

    private void entered(WaitingJob job) {
        byId.put(job.id(), job);
        count(job, 1);
        shares.waits(job.origin());
    }

    /** Removes the next job, and returns it; null if no job may go. */
    @Nullable WaitingJob next(Predicate<WaitingJob> mayGo) {
        var firsts = new TreeMap<Lane, WaitingJob>();
        lanes.forEach((lane, waiting) -> {
            WaitingJob job = waiting.first(mayGo);
            if (job != null) {
                firsts.put(lane, job);
            }
        });
        if (firsts.isEmpty()) {
            return null;
        }
        WaitingJob next = Objects.requireNonNull(firsts.get(turns.next(firsts.navigableKeySet())));
        turns.serve(next.job().lane(), expected(next.job()).work(), firsts.navigableKeySet());
        return serve(next);
    }

    /** The same for the caller's next job of the lane. */
    @Nullable WaitingJob next(Lane lane, String caller, Predicate<WaitingJob> mayGo) {
        WaitingJob job = Objects.requireNonNull(lanes.get(lane)).first(caller, mayGo);
        return job == null ? null : serve(job);
    }

    private WaitingJob serve(WaitingJob job) {
        shares.serve(expected(job.job()));
        remove(job);
        return job;
    }

    /** A job goes without having waited. */
    void passes(Job job) {
        Job.Origin origin = expected(job);
        shares.waits(origin);
        shares.serve(origin);
        shares.leaves(origin);
    }

    /** A job that has gone turned out to be that much work. The caller's next jobs are expected to be off as much. */
    void correct(Window.Placed placed, long work) {
        change(placed, work);
        Job.Origin origin = FairShares.of(placed.job().origin());
        double ratio = work / (double) origin.work();
        ratios.merge(origin.caller(), ratio, Line::mean);
        usualRatio = usualRatio == null ? ratio : mean(usualRatio, ratio);
    }

    private static double mean(double before, double newest) {
        return before + NEWEST * (newest - before);
    }

    private void change(Window.Placed placed, long work) {
        Job.Origin origin = FairShares.of(placed.job().origin());
        double more = (work - placed.work()) / origin.weight();
        shares.correct(origin.caller(), more);
        if (placed.named()) {
            corrections.merge(origin.caller(), more, Double::sum);
        }
    }

    /** Whose the job is, and how much work to expect after the caller's last jobs. */
    Job.Origin expected(Job job) {
        Job.Origin origin = FairShares.of(job.origin());
        double ratio =
                ratios.getOrDefault(origin.caller(), Objects.requireNonNullElse(usualRatio, 1.0));
        return new Job.Origin(
                origin.caller(), origin.weight(), Math.max(1, Math.round(origin.work() * ratio)));
    }

    @Nullable WaitingJob get(JobId job) {
        return byId.get(job);
    }

    void remove(WaitingJob job) {
        lane(job).remove(job);
        byId.remove(job.id());
        count(job, -1);
        shares.leaves(job.origin());
    }

    private void count(WaitingJob job, int jobs) {
        bytes += (long) jobs * job.bytes();
        if (!job.kept()) {
            long work = jobs * job.origin().work();
            held += jobs;
            heldWork += work;
            lane(job)
                    .heldWork
                    .merge(
                            job.origin().caller(),
                            work,
                            (sum, more) -> sum + more == 0 ? null : sum + more);
        }
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

    /** How many jobs only this instance knows. */
    int held() {
        return held;
    }

    /** The work of those. */
    long heldWork() {
        return heldWork;
    }

    long heldWork(Lane lane, String caller) {
        return Objects.requireNonNull(lanes.get(lane)).heldWork.getOrDefault(caller, 0L);
    }

    List<WaitingJob> all() {
        return lanes.values().stream().flatMap(Waiting::all).toList();
    }

    /** What may go, for the owner of the line. */
    List<LineMessage.Want> wants(Predicate<WaitingJob> mayGo) {
        return Stream.of(Lane.values())
                .flatMap(lane -> Objects.requireNonNull(lanes.get(lane)).wants(lane, mayGo))
                .toList();
    }

    /** The corrections since the last call. */
    List<LineMessage.Correction> takeCorrections() {
        var taken = new ArrayList<LineMessage.Correction>();
        corrections.forEach((caller, more) -> taken.add(new LineMessage.Correction(caller, more)));
        corrections.clear();
        return taken;
    }

    private LineMessage.Want want(Lane lane, List<WaitingJob> jobs) {
        Job.Origin origin = jobs.getFirst().origin();
        return new LineMessage.Want(
                lane,
                origin.caller(),
                origin.weight(),
                jobs.size(),
                jobs.stream()
                        .limit(JOBS_TOLD)
                        .map(job -> new LineMessage.Head(expected(job.job()).work(), job.since()))
                        .toList());
    }

    private Waiting lane(WaitingJob job) {
        return Objects.requireNonNull(lanes.get(job.job().lane()));
    }
}
