package holt.api.console;

import holt.api.controls.PausedModels;
import holt.api.models.ModelCatalog;
import holt.api.models.TrackWorkers;
import holt.api.queue.QueueState;
import holt.api.queue.TrackJobs;
import holt.api.queue.TrackQueues;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobStatus;
import holt.protocol.Heartbeat;
import holt.protocol.ModelName;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /console/overview}: how much there is to do, how fast it goes, and what needs attention. */
final class OverviewPage {
    private static final int FAILURES = 5;

    private final MeasureJobs measure;
    private final ModelCatalog catalog;
    private final TrackQueues queues;
    private final TrackWorkers workers;
    private final TrackJobs jobs;
    private final PausedModels paused;
    private final ShowPage pages;

    OverviewPage(
            MeasureJobs measure,
            ModelCatalog catalog,
            TrackQueues queues,
            TrackWorkers workers,
            TrackJobs jobs,
            PausedModels paused,
            ShowPage pages) {
        this.measure = measure;
        this.catalog = catalog;
        this.queues = queues;
        this.workers = workers;
        this.jobs = jobs;
        this.paused = paused;
        this.pages = pages;
    }

    /** A number with what it counts. */
    record Tile(String name, String value, String note) {}

    /** One model's row. */
    record Row(
            String model,
            String waiting,
            String running,
            String waits,
            String slowWait,
            String run,
            String slowRun) {}

    ServerResponse show(ServerRequest request) {
        MeasureJobs.Sample sample = measure.newest();
        List<Heartbeat.OfWorker> live =
                workers.workers().stream().map(TrackWorkers.LiveWorker::heartbeat).toList();
        List<QueueState> states =
                catalog.list().stream().map(model -> queues.of(model.name())).toList();
        return pages.show(
                "overview",
                Map.of(
                        "notes",
                        Attention.of(states, paused.all(), live, sample),
                        "tiles",
                        tiles(sample, live, states),
                        "rows",
                        states.stream().map(state -> row(state, live, sample)).toList(),
                        "sampled",
                        sample.jobs().size(),
                        "since",
                        sample.since(),
                        "failures",
                        failures()),
                request);
    }

    private List<JobRow> failures() {
        return Stream.of(JobStatus.FAILED, JobStatus.EXPIRED)
                .flatMap(status ->
                        jobs.list(JobFilter.all().in(status), null, FAILURES).jobs().stream())
                .sorted(Comparator.comparing(JobHead::created).reversed())
                .limit(FAILURES)
                .map(JobRow::of)
                .toList();
    }

    private static List<Tile> tiles(
            MeasureJobs.Sample sample, List<Heartbeat.OfWorker> live, List<QueueState> states) {
        long waiting = states.stream().mapToLong(state -> state.queued() + state.held()).sum();
        int slots = states.stream().mapToInt(QueueState::slots).sum();
        MeasureJobs.Spread waits = sample.waits();
        MeasureJobs.Spread runs = sample.runs();
        return List.of(
                new Tile("Waiting", Words.count(waiting), "jobs in all queues"),
                new Tile(
                        "Running",
                        Words.count(busy(live, null)),
                        "of " + Words.count(slots, "slot")),
                new Tile("Arriving", rate(sample.arrivedPerMinute()), "jobs a minute"),
                new Tile(
                        "Wait",
                        Words.duration(waits.median()),
                        "median; p95 " + Words.duration(waits.slow())),
                new Tile(
                        "Run",
                        Words.duration(runs.median()),
                        "median; p95 " + Words.duration(runs.slow())),
                new Tile(
                        "Failed",
                        Words.count(sample.failed().size()),
                        "or expired, of the newest " + Words.count(sample.jobs().size(), "job")));
    }

    private static Row row(
            QueueState state, List<Heartbeat.OfWorker> live, MeasureJobs.Sample sample) {
        MeasureJobs.Sample own = sample.only(job -> job.model().equals(state.model()));
        return new Row(
                state.model().value(),
                Words.count(state.queued() + state.held()),
                busy(live, state.model()) + " of " + state.slots(),
                Words.duration(own.waits().median()),
                Words.duration(own.waits().slow()),
                Words.duration(own.runs().median()),
                Words.duration(own.runs().slow()));
    }

    /** @param model null: all */
    private static int busy(List<Heartbeat.OfWorker> live, @Nullable ModelName model) {
        return live.stream()
                .flatMap(worker -> worker.serving().stream())
                .filter(serving -> model == null || serving.model().name().equals(model))
                .mapToInt(Heartbeat.Serving::busy)
                .sum();
    }

    private static String rate(double perMinute) {
        return perMinute >= 10 || perMinute == 0
                ? Words.count(Math.round(perMinute))
                : String.format(Locale.ROOT, "%.1f", perMinute);
    }
}
