package holt.api.console;

import holt.api.controls.Control;
import holt.api.queue.QueueState;
import holt.api.queue.index.JobState;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator should look at, in sentences, each with the page that shows more. */
final class Attention {
    private static final Duration LONG_WAIT = Duration.ofSeconds(30);

    /** Of the newest ended jobs, in percent. */
    private static final int MANY_FAILURES = 5;

    private Attention() {}

    record Note(String text, String link) {}

    static List<Note> of(
            List<QueueState> queues,
            List<Control.Pause> pauses,
            List<Heartbeat.OfWorker> workers,
            MeasureJobs.Sample sample) {
        var notes = new ArrayList<Note>();
        if (workers.isEmpty()) {
            notes.add(new Note("No worker is live, so every new job waits.", "/console/workers"));
        }
        pauses.stream().map(Attention::paused).forEach(notes::add);
        Set<ModelName> paused =
                pauses.stream().map(Control.Pause::model).collect(Collectors.toSet());
        queues.stream()
                .filter(queue -> !paused.contains(queue.model()))
                .forEach(queue -> queue(queue, workers.isEmpty(), notes));
        workers.stream()
                .filter(worker -> worker.state() == Heartbeat.WorkerState.DRAINING)
                .map(worker ->
                        new Note(
                                "Worker "
                                        + worker.worker().value()
                                        + " drains: it ends its jobs and takes no new ones.",
                                "/console/workers"))
                .forEach(notes::add);
        failures(sample, notes);
        return notes;
    }

    private static Note paused(Control.Pause pause) {
        return new Note(
                "%s is paused: %s Its jobs wait until somebody resumes it."
                        .formatted(pause.model().value(), Words.sentence(pause.why())),
                "/console/queues");
    }

    private static void queue(QueueState queue, boolean noWorker, List<Note> notes) {
        String model = queue.model().value();
        long ahead = queue.queued() + queue.held();
        Duration wait = queue.newJobWaits();
        if (queue.slots() == 0 && ahead > 0) {
            notes.add(
                    new Note(
                            model
                                    + ": "
                                    + Words.count(ahead, "job")
                                    + (ahead == 1 ? " waits" : " wait")
                                    + ", and no live worker serves this model.",
                            "/console/queues"));
        } else if (queue.slots() == 0 && !noWorker) {
            notes.add(
                    new Note(
                            model + ": no live worker serves this model. New jobs wait for one.",
                            "/console/queues"));
        } else if (wait != null && wait.compareTo(LONG_WAIT) > 0) {
            notes.add(
                    new Note(
                            model
                                    + ": a new job waits about "
                                    + Words.duration(wait.truncatedTo(ChronoUnit.SECONDS))
                                    + ". "
                                    + Words.count(missing(queue.slots(), wait), "more slot")
                                    + " would bring that under "
                                    + Words.duration(LONG_WAIT)
                                    + ".",
                            "/console/queues"));
        }
    }

    /** The wait is the work ahead, divided by the slots. */
    private static long missing(int slots, Duration wait) {
        double work = wait.toMillis() * (double) slots;
        return (long) Math.floor(work / LONG_WAIT.toMillis()) + 1 - slots;
    }

    private static void failures(MeasureJobs.Sample sample, List<Note> notes) {
        List<JobState> failures = sample.failed();
        long failed = failures.size();
        long ended = sample.ended();
        if (failed == 0 || failed * 100 < ended * MANY_FAILURES) {
            return;
        }
        Map<Failure, Long> reasons =
                failures.stream()
                        .map(JobState::reason)
                        .filter(Objects::nonNull)
                        .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
        String most =
                reasons.entrySet().stream()
                        .max(Comparator.comparing(Map.Entry::getValue))
                        .map(entry -> ", most of them with " + entry.getKey().label())
                        .orElse("");
        notes.add(
                new Note(
                        failed
                                + " of the newest "
                                + Words.count(ended, "ended job")
                                + " failed or expired"
                                + most
                                + models(failures)
                                + ".",
                        "/console/jobs"));
    }

    /** Names the model if all failures are of one. */
    private static String models(List<JobState> failures) {
        List<ModelName> models = failures.stream().map(JobState::model).distinct().toList();
        return models.size() == 1 ? ", all of " + models.getFirst().value() : "";
    }
}
