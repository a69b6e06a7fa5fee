package holt.api.queue;

import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a new job waits: the work ahead of it, by the time that runs of its model take. The log of all instances tells that time. */
final class PredictWait {
    /** Of the newest run in the mean. So about the last twenty runs count. */
    private static final double NEWEST = 0.1;

    private final Map<JobId, Instant> started = new HashMap<>();
    private final Map<ModelName, Double> seconds = new HashMap<>();

    /** @param at the broker's time of the event */
    synchronized void apply(JobEvent event, Instant at) {
        switch (event) {
            case JobEvent.Started run -> started.put(run.job(), at);
            case JobEvent.Retrying run -> started.remove(run.job());
            case JobEvent.Requeued run -> started.remove(run.job());
            case JobEvent.Finished end -> {
                Instant begun = started.remove(end.job());
                if (begun != null && isWhole(end.outcome())) {
                    count(end.model(), Duration.between(begun, at).toMillis() / 1e3);
                }
            }
            case JobEvent.Claimed _, JobEvent.Accepted _ -> {}
        }
    }

    /**
     * The wait of a job.
     *
     * @param ahead jobs that come before it
     * @param slots of all live workers
     * @return empty if no run of the model has ended, or no worker is live
     */
    synchronized Optional<Duration> of(ModelName model, long ahead, int slots) {
        @Nullable Double mean = seconds.get(model);
        return mean == null || slots == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(ahead * mean * 1e3 / slots)));
    }

    private void count(ModelName model, double run) {
        seconds.merge(model, run, (mean, newest) -> mean + NEWEST * (newest - mean));
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
