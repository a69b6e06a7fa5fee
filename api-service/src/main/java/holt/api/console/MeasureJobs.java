package holt.api.console;

import holt.api.RequestRejectedException;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the newest jobs say of the system. It reads at most {@link #MOST} of them, so its cost does not grow with the history, and nothing
 * is counted while no page is open.
 */
final class MeasureJobs {
    /** Of one measurement. */
    static final int MOST = 200;

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration RATE_WINDOW = Duration.ofMinutes(5);

    private final TrackJobs jobs;
    private final InstantSource clock;

    MeasureJobs(TrackJobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * The newest jobs of the last hour.
     *
     * @param since the creation of the oldest of them, or the beginning of the hour if all of its jobs are there
     */
    record Sample(List<JobState> jobs, Instant since, Instant now) {
        Sample only(Function<JobState, Boolean> passing) {
            return new Sample(jobs.stream().filter(passing::apply).toList(), since, now);
        }

        /** The jobs that failed or expired. */
        List<JobState> failed() {
            return jobs.stream()
                    .filter(job ->
                            job.status() == JobStatus.FAILED || job.status() == JobStatus.EXPIRED)
                    .toList();
        }

        long ended() {
            return jobs.stream().filter(job -> job.status().isEnd()).count();
        }

        /** In the last five minutes, or in the time of the sample if that is shorter. */
        double arrivedPerMinute() {
            Instant recently = now.minus(RATE_WINDOW);
            Instant from = since.isAfter(recently) ? since : recently;
            double minutes = JobTimes.between(from, now).toMillis() / 60e3;
            long arrived = jobs.stream().filter(job -> !job.created().isBefore(from)).count();
            return minutes <= 0 ? 0 : arrived / minutes;
        }

        /** The median and the 95th percentile. */
        Spread waits() {
            return Spread.of(times(JobTimes::waited));
        }

        Spread runs() {
            return Spread.of(times(JobTimes::ran));
        }

        private Stream<Duration> times(Function<JobTimes, @Nullable Duration> time) {
            return jobs.stream().map(JobTimes::of).map(time).filter(Objects::nonNull);
        }
    }

    /** The median and the 95th percentile; null if nothing was measured. */
    record Spread(@Nullable Duration median, @Nullable Duration slow) {
        static Spread of(Stream<Duration> times) {
            List<Duration> sorted = times.sorted().toList();
            return new Spread(rank(sorted, 50), rank(sorted, 95));
        }

        private static @Nullable Duration rank(List<Duration> sorted, int percent) {
            return sorted.isEmpty() ? null : sorted.get((sorted.size() * percent + 99) / 100 - 1);
        }
    }

    Sample newest() {
        Instant now = clock.instant();
        Instant from = now.minus(WINDOW);
        List<JobHead> heads =
                jobs.list(JobFilter.all().between(from, now.plusSeconds(1)), null, MOST).jobs();
        List<JobState> states = heads.stream().map(this::state).filter(Objects::nonNull).toList();
        Instant since = heads.size() < MOST ? from : heads.getLast().created();
        return new Sample(states, since, now);
    }

    /** Null if its time has run out meanwhile. */
    private @Nullable JobState state(JobHead head) {
        try {
            return jobs.find(head.id());
        } catch (RequestRejectedException gone) {
            return null;
        }
    }
}
