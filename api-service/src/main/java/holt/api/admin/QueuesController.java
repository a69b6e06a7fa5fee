package holt.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.controls.Control;
import holt.api.controls.PausedModels;
import holt.api.http.Answers;
import holt.api.models.ModelCatalog;
import holt.api.queue.QueueState;
import holt.api.queue.TrackQueues;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /admin/v1/queues}: the queue of each model, also of a paused one without workers. */
@RestController
final class QueuesController {
    private final ModelCatalog catalog;
    private final TrackQueues queues;
    private final PausedModels paused;

    QueuesController(ModelCatalog catalog, TrackQueues queues, PausedModels paused) {
        this.catalog = catalog;
        this.queues = queues;
        this.paused = paused;
    }

    record QueueList(String object, List<Row> data) {}

    /**
     * A queue.
     *
     * @param kind null if the model is paused and has had no worker for long
     * @param waitSeconds how long a new job waits; null if that is unknown
     * @param paused null if it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String object,
            String model,
            KnownModel.@Nullable Kind kind,
            int slots,
            long queued,
            long held,
            @Nullable Double waitSeconds,
            @Nullable PauseBody paused) {}

    @GetMapping("/admin/v1/queues")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<ModelName, KnownModel.@Nullable Kind> models = new HashMap<>();
        paused.all().forEach(pause -> models.put(pause.model(), null));
        catalog.list().forEach(model -> models.put(model.name(), model.kind()));
        List<Row> rows =
                models.keySet().stream()
                        .sorted(Comparator.comparing(ModelName::value))
                        .map(model -> row(model, models.get(model)))
                        .toList();
        Answers.json(request, response, 200, new QueueList("list", rows));
    }

    private Row row(ModelName model, KnownModel.@Nullable Kind kind) {
        QueueState queue = queues.of(model);
        Control.Pause pause = paused.find(model);
        return new Row(
                "queue",
                model.value(),
                kind,
                queue.slots(),
                queue.queued(),
                queue.held(),
                queue.newJobWaits() == null ? null : queue.newJobWaits().toMillis() / 1e3,
                pause == null ? null : PauseBody.of(pause));
    }
}
