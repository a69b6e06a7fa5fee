package holt.api.queue;

import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a new job waits: the work ahead of it, by the time that a unit of work takes. The log of all instances tells both. */
final class PredictWait {
    private final Map<JobId, Open> open = new HashMap<>();
    private final Map<ModelName, Load> loads = new HashMap<>();

    /** A job of the log that has not ended. */
    private record Open(Whose whose, long work, @Nullable Instant started) {
        private Open startedAt(@Nullable Instant at) {
            return new Open(whose, work, at);
        }
    }

    private record Whose(Lane lane, String caller) {}

    /** The open jobs of one model, and how fast its runs are. */
    private static final class Load {
        private final Pace pace = new Pace();
        private final Map<Whose, Long> waiting = new HashMap<>();
        private long running;
        private int runs;

        private void add(Open job, int sign) {
            if (job.started != null) {
                running += sign * job.work;
                runs += sign;
            } else {
                waiting.merge(
                        job.whose,
                        sign * job.work,
                        (sum, more) -> sum + more == 0 ? null : sum + more);
            }
        }

        private long waiting() {
            return waiting.values().stream().mapToLong(work -> work).sum();
        }

        /** Work before a new job gets a slot. */
        private double ahead(long heldWork, int slots) {
            long waiting = waiting() + heldWork;
            // What still runs then is half done, in the mean.
            return waiting == 0 && runs < slots ? 0 : waiting + (double) running / slots / 2;
        }
    }

    /** @param at the broker's time of the event */
    synchronized void apply(JobEvent event, Instant at) {
        switch (event) {
            case JobEvent.Claimed _ -> {}
            case JobEvent.Accepted accepted -> {
                Job.Origin origin = accepted.origin();
                if (origin != null) {
                    Open started = open.get(event.job());
                    change(
                            event,
                            new Open(
                                    new Whose(event.lane(), origin.caller()),
                                    origin.work(),
                                    started == null ? null : started.started));
                }
            }
            case JobEvent.Started _ -> start(event, at);
            case JobEvent.Retrying _, JobEvent.Requeued _ -> start(event, null);
            case JobEvent.Finished end -> {
                Open job = change(end, null);
                if (job != null && job.started != null && job.work > 0 && isWhole(end.outcome())) {
                    load(end.model())
                            .pace
                            .add(Duration.between(job.started, at).toMillis() / 1e3, job.work);
                }
            }
        }
    }

    /**
     * The wait of a new job behind all that wait.
     *
     * @param heldWork of jobs that the log does not show yet
     * @param slots of all live workers
     * @return empty if no run of the model has ended, or no worker is live
     */
    synchronized Optional<Duration> of(ModelName model, long heldWork, int slots) {
        Load load = load(model);
        return slots == 0
                ? Optional.empty()
                : load.pace.mean().map(pace -> time(load.ahead(heldWork, slots), pace, slots));
    }

    /** How long that work takes by itself. */
    synchronized Optional<Duration> time(ModelName model, double work, int slots) {
        return slots == 0
                ? Optional.empty()
                : load(model).pace.mean().map(pace -> time(work, pace, slots));
    }

    /**
     * How long a new job of the caller waits at least: even if only the caller's own jobs of the lane came before it, and each were as fast as the
     * fastest of the last runs.
     *
     * @param heldWork of those that the log does not show yet
     * @return empty while few runs are known, or no worker is live
     */
    synchronized Optional<Duration> atLeast(
            ModelName model, Lane lane, String caller, long heldWork, int slots) {
        Load load = load(model);
        long work = load.waiting.getOrDefault(new Whose(lane, caller), 0L) + heldWork;
        return slots == 0
                ? Optional.empty()
                : load.pace
                        .fastest()
                        .map(pace ->
                                time(
                                        // These may start at once, and still run.
                                        Math.max(0, work - slots * load.pace.largest()),
                                        pace,
                                        slots));
    }

    /** The work of all jobs of the log that wait. */
    synchronized long waitingWork(ModelName model) {
        return load(model).waiting();
    }

    private static Duration time(double work, double pace, int slots) {
        return Duration.ofMillis(Math.round(work * pace * 1e3 / slots));
    }

    private void start(JobEvent event, @Nullable Instant at) {
        // A job with a key may start before its Accepted comes.
        Open job = open.getOrDefault(event.job(), new Open(new Whose(event.lane(), ""), 0, null));
        change(event, job.startedAt(at));
    }

    /** Returns what the job was before. */
    private @Nullable Open change(JobEvent event, @Nullable Open now) {
        Load load = load(event.model());
        Open before = now == null ? open.remove(event.job()) : open.put(event.job(), now);
        if (before != null) {
            load.add(before, -1);
        }
        if (now != null) {
            load.add(now, 1);
        }
        return before;
    }

    private Load load(ModelName model) {
        return loads.computeIfAbsent(model, _ -> new Load());
    }

    /** Runs that broke off tell nothing. */
    private static boolean isWhole(Outcome outcome) {
        return switch (outcome) {
            case Outcome.ChatCompleted _,
                    Outcome.ImagesCompleted _,
                    Outcome.Embedded _,
                    Outcome.Stored _ ->
                    true;
            case Outcome.Failed _, Outcome.Cancelled _ -> false;
        };
    }
}
