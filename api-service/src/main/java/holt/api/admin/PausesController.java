package holt.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.RequestRejectedException;
import holt.api.audit.MakeChange;
import holt.api.controls.Control;
import holt.api.controls.PausedModels;
import holt.api.controls.WriteControls;
import holt.api.http.body.ReadBody;
import holt.api.keys.Caller;
import holt.api.models.ModelCatalog;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /admin/v1/queues/pause} and {@code /resume}. The model is in the body, since its name can have slashes. */
@RestController
final class PausesController {
    private final PausedModels paused;
    private final WriteControls controls;
    private final ModelCatalog catalog;
    private final ReadBody read;
    private final MakeChange change;
    private final InstantSource clock;

    /** @param brokerClock so that all instances tell the same time of a pause */
    PausesController(
            PausedModels paused,
            WriteControls controls,
            ModelCatalog catalog,
            ReadBody read,
            MakeChange change,
            InstantSource brokerClock) {
        this.paused = paused;
        this.controls = controls;
        this.catalog = catalog;
        this.read = read;
        this.change = change;
        this.clock = brokerClock;
    }

    /** @param why for callers and other operators; not needed to resume */
    record PauseRequest(@Nullable String model, @Nullable String why) {}

    /** @param paused null if it is not */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String object, String model, @Nullable PauseBody paused) {
        private static Body of(ModelName model, Control.@Nullable Pause pause) {
            return new Body("queue", model.value(), pause == null ? null : PauseBody.of(pause));
        }
    }

    /** A second pause changes the reason, and keeps the time. */
    @PostMapping("/admin/v1/queues/pause")
    void pause(HttpServletRequest request, HttpServletResponse response) {
        PauseRequest wanted = read.json(request, PauseRequest.class);
        ModelName model = model(wanted.model());
        String why = Why.needed(wanted.why());
        String by = Caller.of(request).key();
        change.make(
                Caller.change(request, "model.paused", model.value(), why),
                200,
                () -> {
                    Control.Pause before = paused.find(model);
                    var pause =
                            new Control.Pause(
                                    model,
                                    why,
                                    by,
                                    before == null ? clock.instant() : before.since());
                    MakeChange.await(controls.write(pause));
                    return Body.of(model, pause);
                },
                request,
                response);
    }

    @PostMapping("/admin/v1/queues/resume")
    void resume(HttpServletRequest request, HttpServletResponse response) {
        ModelName model = model(read.json(request, PauseRequest.class).model());
        change.make(
                Caller.change(request, "model.resumed", model.value(), null),
                200,
                () -> {
                    MakeChange.await(controls.write(new Control.Resume(model)));
                    return Body.of(model, null);
                },
                request,
                response);
    }

    /** A model without workers can be paused before they come back. */
    private ModelName model(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw invalid("model", "a model's name");
        }
        try {
            return paused.contains(new ModelName(name))
                    ? new ModelName(name)
                    : catalog.find(name).name();
        } catch (IllegalArgumentException e) {
            throw invalid("model", "a model's name");
        } catch (RequestRejectedException e) {
            if (e.failure() == Failure.OVERLOADED) {
                return new ModelName(name);
            }
            throw e;
        }
    }

    private static RequestRejectedException invalid(String field, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, field + ": must be " + expected, field, null);
    }
}
