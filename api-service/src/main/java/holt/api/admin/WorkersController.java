package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.api.audit.MakeChange;
import holt.api.http.Answers;
import holt.api.http.body.ReadBody;
import holt.api.keys.Caller;
import holt.api.models.TrackWorkers;
import holt.api.models.TrackWorkers.LiveWorker;
import holt.api.queue.SteerWorkers;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.WorkerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /admin/v1/workers}, and {@code POST .../{id}/drain} and {@code /undrain}. */
@RestController
final class WorkersController {
    private final TrackWorkers workers;
    private final SteerWorkers steer;
    private final ReadBody read;
    private final MakeChange change;

    WorkersController(TrackWorkers workers, SteerWorkers steer, ReadBody read, MakeChange change) {
        this.workers = workers;
        this.steer = steer;
        this.read = read;
        this.change = change;
    }

    /**
     * A page of another origin cannot send JSON without being asked first.
     *
     * @param why for the audit
     */
    record DrainRequest(@Nullable String why) {}

    record WorkerList(String object, List<Body> data) {}

    /**
     * A worker.
     *
     * @param state {@code serving} or {@code draining}
     * @param heartbeat in seconds since 1970
     */
    record Body(String object, String id, String state, long heartbeat, List<Model> models) {
        private static Body of(LiveWorker worker) {
            Heartbeat.OfWorker beat = worker.heartbeat();
            return new Body(
                    "worker",
                    beat.worker().value(),
                    beat.state().name().toLowerCase(Locale.ROOT),
                    worker.at().getEpochSecond(),
                    beat.serving().stream().map(Model::of).toList());
        }
    }

    record Model(String model, int slots, int busy) {
        private static Model of(Heartbeat.Serving serving) {
            return new Model(serving.model().name().value(), serving.slots(), serving.busy());
        }
    }

    /** @param drain what the worker has been told. Its state follows within seconds */
    record Told(String object, String id, boolean drain) {}

    @GetMapping("/admin/v1/workers")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.json(
                request,
                response,
                200,
                new WorkerList("list", workers.workers().stream().map(Body::of).toList()));
    }

    /** The worker ends its jobs, and claims no more. */
    @PostMapping("/admin/v1/workers/{id}/drain")
    void drain(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        tell(id, true, request, response);
    }

    @PostMapping("/admin/v1/workers/{id}/undrain")
    void undrain(
            @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        tell(id, false, request, response);
    }

    private void tell(
            String id, boolean drain, HttpServletRequest request, HttpServletResponse response) {
        String why = Why.optional(read.json(request, DrainRequest.class).why());
        WorkerId worker =
                workers.workers().stream()
                        .map(live -> live.heartbeat().worker())
                        .filter(live -> live.value().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                new RequestRejectedException(
                                        Failure.NOT_FOUND, "there is no live worker with this id"));
        change.make(
                Caller.change(request, drain ? "worker.drained" : "worker.undrained", id, why),
                200,
                () -> {
                    MakeChange.await(steer.drain(worker, drain));
                    return new Told("worker", id, drain);
                },
                request,
                response);
    }
}
