package holt.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.http.Answers;
import holt.api.models.ModelCatalog;
import holt.api.queue.QueueState;
import holt.api.queue.TrackQueues;
import holt.protocol.KnownModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /admin/v1/queues}: the queue of each model. */
@RestController
final class QueuesController {
    private final ModelCatalog catalog;
    private final TrackQueues queues;

    QueuesController(ModelCatalog catalog, TrackQueues queues) {
        this.catalog = catalog;
        this.queues = queues;
    }

    record QueueList(String object, List<Row> data) {}

    /**
     * A queue.
     *
     * @param waitSeconds how long a new job waits; null if that is unknown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String object,
            String model,
            KnownModel.Kind kind,
            int slots,
            long queued,
            long held,
            @Nullable Double waitSeconds) {
        private static Row of(KnownModel model, QueueState queue) {
            return new Row(
                    "queue",
                    model.name().value(),
                    model.kind(),
                    queue.slots(),
                    queue.queued(),
                    queue.held(),
                    queue.newJobWaits() == null ? null : queue.newJobWaits().toMillis() / 1e3);
        }
    }

    @GetMapping("/admin/v1/queues")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Row> rows =
                catalog.list().stream()
                        .map(model -> Row.of(model, queues.of(model.name())))
                        .toList();
        Answers.json(request, response, 200, new QueueList("list", rows));
    }
}
