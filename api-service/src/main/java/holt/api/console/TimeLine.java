package holt.api.console;

import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job's life, as one page shows it.
 *
 * @param steps oldest first
 * @param parts of the bar that shows how long each lasted
 * @param summary one sentence: where the time went
 */
record TimeLine(List<Step> steps, List<Part> parts, String summary) {
    /** @param note what more there is to say; may be empty */
    record Step(Instant at, String what, String note) {}

    /**
     * A part of the bar.
     *
     * @param kind {@code wait}, {@code repeat} or {@code run}
     * @param from its left end, and its width, in percent
     */
    record Part(String kind, String from, String width, String name) {}

    static TimeLine of(JobState job, Instant now) {
        JobTimes times = JobTimes.of(job);
        return new TimeLine(steps(job), parts(job, times, now), summary(job, times, now));
    }

    private static List<Step> steps(JobState job) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(job.created(), "Accepted", "lane " + job.lane().label()));
        for (JobState.Attempt run : job.attempts()) {
            String failure =
                    run.failure() == null ? "" : "; it failed with " + run.failure().label();
            steps.add(
                    new Step(
                            run.started(),
                            job.attempts().size() == 1
                                    ? "Started"
                                    : "Attempt " + run.run() + " started",
                            "on worker " + run.worker().value() + failure));
        }
        if (job.ended() != null) {
            steps.add(
                    new Step(
                            job.ended(),
                            JobRow.name(job.status()),
                            job.reason() == null ? "" : job.reason().label()));
        }
        return steps;
    }

    private static List<Part> parts(JobState job, JobTimes times, Instant now) {
        var parts = new ArrayList<Part>();
        Instant end = times.ended() == null ? now : times.ended();
        double total = Math.max(1, times.total(now).toMillis());
        Instant first = times.firstStart();
        Instant last = times.lastStart();
        add(parts, "wait", "Waited", times, times.accepted(), first == null ? end : first, total);
        if (first != null && last != null) {
            add(parts, "repeat", "Earlier attempts", times, first, last, total);
            boolean stopped =
                    job.status() == JobStatus.QUEUED || job.status() == JobStatus.WAITING_RETRY;
            add(
                    parts,
                    stopped ? "repeat" : "run",
                    stopped ? "Earlier attempts" : "Ran",
                    times,
                    last,
                    end,
                    total);
        }
        return parts;
    }

    private static void add(
            List<Part> parts,
            String kind,
            String name,
            JobTimes times,
            Instant from,
            Instant to,
            double total) {
        Duration length = JobTimes.between(from, to);
        if (!length.isZero()) {
            double start = JobTimes.between(times.accepted(), from).toMillis();
            parts.add(
                    new Part(
                            kind,
                            percent(start / total),
                            percent(length.toMillis() / total),
                            name + " " + Words.duration(length)));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    private static String summary(JobState job, JobTimes times, Instant now) {
        return switch (job.status()) {
            case QUEUED -> queued(job, times, now);
            case RUNNING ->
                    "It waited "
                            + Words.duration(times.waited())
                            + " and has run for "
                            + Words.duration(since(times.lastStart(), now))
                            + progress(job)
                            + ".";
            case WAITING_RETRY ->
                    "Its last run failed. Another one follows soon. The job is "
                            + Words.duration(times.total(now))
                            + " old.";
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> ended(times, now);
        };
    }

    private static String queued(JobState job, JobTimes times, Instant now) {
        String age = "It has waited " + Words.duration(times.total(now));
        if (!job.served()) {
            return age + ", because no live worker serves its model.";
        }
        String place =
                job.position() == null
                        ? ""
                        : ". About "
                                + (job.position() == 1
                                        ? "no job is"
                                        : Words.count(job.position() - 1, "job")
                                                + (job.position() == 2 ? " is" : " are"))
                                + " ahead of it";
        String eta =
                job.etaSeconds() == null
                        ? ""
                        : ", and it starts in about "
                                + Words.duration(Duration.ofSeconds(job.etaSeconds()));
        return age + place + eta + ".";
    }

    private static String progress(JobState job) {
        return job.progress() == null
                ? ""
                : "; %d of %d steps are done"
                        .formatted(job.progress().done(), job.progress().total());
    }

    private static String ended(JobTimes times, Instant now) {
        String total = Words.duration(times.total(now));
        Duration waited = times.waited();
        Duration ran = times.ran();
        if (waited == null || ran == null) {
            return "It ended after " + total + " without a run.";
        }
        Duration repeated = times.repeated();
        if (repeated.compareTo(waited) > 0 && repeated.compareTo(ran) > 0) {
            return "Most of its %s went into attempts before the last one: %s. It waited %s before the first, and the last took %s."
                    .formatted(
                            total,
                            Words.duration(repeated),
                            Words.duration(waited),
                            Words.duration(ran));
        }
        return waited.compareTo(ran) > 0
                ? "Most of its %s went into waiting for a slot: %s. The run took %s."
                        .formatted(total, Words.duration(waited), Words.duration(ran))
                : "Most of its %s went into the run: %s. It waited %s for a slot."
                        .formatted(total, Words.duration(ran), Words.duration(waited));
    }

    private static @Nullable Duration since(@Nullable Instant start, Instant now) {
        return start == null ? null : JobTimes.between(start, now);
    }
}
