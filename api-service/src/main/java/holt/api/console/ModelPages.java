package holt.api.console;

import holt.api.models.ModelCatalog;
import holt.api.models.TrackWorkers;
import holt.api.queue.QueueState;
import holt.api.queue.TrackQueues;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /console/queues}: the queue of each model. {@code /console/workers}: who serves which model. */
final class ModelPages {
    private final ModelCatalog catalog;
    private final TrackQueues queues;
    private final TrackWorkers workers;
    private final ShowPage pages;

    ModelPages(ModelCatalog catalog, TrackQueues queues, TrackWorkers workers, ShowPage pages) {
        this.catalog = catalog;
        this.queues = queues;
        this.workers = workers;
        this.pages = pages;
    }

    record Queue(
            String model, String kind, String slots, String queued, String held, String waits) {
        private static Queue of(KnownModel model, QueueState state) {
            return new Queue(
                    model.name().value(),
                    label(model.kind()),
                    Words.count(state.slots()),
                    Words.count(state.queued()),
                    Words.count(state.held()),
                    state.newJobWaits() == null ? "unknown" : Words.duration(state.newJobWaits()));
        }
    }

    /** @param playground the page to try it on; empty if there is none */
    record Model(String name, String kind, String description, String facts, String playground) {
        private static Model of(KnownModel model) {
            return new Model(
                    model.name().value(),
                    label(model.kind()),
                    model.description(),
                    facts(model),
                    switch (model.kind()) {
                        case CHAT -> "/console/playground/chat";
                        case IMAGE -> "/console/playground/images";
                        case EMBEDDING -> "";
                    });
        }

        private static String facts(KnownModel model) {
            Stream<String> facts =
                    Stream.concat(
                            switch (model.kind()) {
                                case CHAT ->
                                        model.contextLength() == KnownModel.UNKNOWN
                                                ? Stream.of()
                                                : Stream.of(
                                                        Words.count(model.contextLength())
                                                                + " tokens");
                                case IMAGE ->
                                        Stream.ofNullable(model.images())
                                                .map(limits ->
                                                        limits.side()
                                                                + " × "
                                                                + limits.side()
                                                                + " pixels");
                                case EMBEDDING ->
                                        Stream.ofNullable(model.dimensions())
                                                .map(numbers ->
                                                        Words.count(numbers) + " dimensions");
                            },
                            model.kind() == KnownModel.Kind.CHAT
                                    ? model.abilities().stream()
                                            .map(ability -> ability.name().toLowerCase(Locale.ROOT))
                                    : Stream.of());
            return facts.collect(Collectors.joining(", "));
        }
    }

    record Worker(String id, boolean draining, List<Served> models) {
        private static Worker of(Heartbeat.OfWorker worker) {
            return new Worker(
                    worker.worker().value(),
                    worker.state() == Heartbeat.WorkerState.DRAINING,
                    worker.serving().stream().map(Served::of).toList());
        }
    }

    record Served(String model, int busy, int slots, List<Progress> jobs) {
        private static Served of(Heartbeat.Serving serving) {
            List<Heartbeat.JobProgress> progress = serving.progress();
            return new Served(
                    serving.model().name().value(),
                    serving.busy(),
                    serving.slots(),
                    progress == null
                            ? List.of()
                            : progress.stream()
                                    .map(job ->
                                            new Progress(
                                                    job.job().value(), job.done(), job.total()))
                                    .toList());
        }
    }

    record Progress(String job, int done, int total) {}

    ServerResponse queues(ServerRequest request) {
        List<Queue> rows =
                catalog.list().stream()
                        .map(model -> Queue.of(model, queues.of(model.name())))
                        .toList();
        return pages.show("queues", Map.of("rows", rows), request);
    }

    ServerResponse workers(ServerRequest request) {
        return pages.show(
                "workers",
                Map.of(
                        "workers",
                        workers.workers().stream()
                                .map(worker -> Worker.of(worker.heartbeat()))
                                .toList(),
                        "models",
                        catalog.list().stream().map(Model::of).toList()),
                request);
    }

    private static String label(KnownModel.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
