package holt.api.models;

import holt.api.ApiSettings;
import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
@RestController
final class ModelsController {
    private final ModelCatalog catalog;
    private final ApiSettings settings;

    ModelsController(ModelCatalog catalog, ApiSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    @GetMapping("/v1/models")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<ModelRow> rows = catalog.list().stream().map(model -> row(model, request)).toList();
        Answers.json(
                request,
                response,
                200,
                new ModelList(0, "success", "list", settings.project(), rows));
    }

    /** Ids of the form {@code ORG/NAME} come as two segments or, encoded, as one. */
    @GetMapping("/v1/models/{*id}")
    void one(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = id.substring(1);
        ModelRow row =
                catalog.list().stream()
                        .filter(model -> model.name().value().equals(name))
                        .findFirst()
                        .map(model -> row(model, request))
                        .orElseThrow(ModelsController::unknown);
        Answers.json(request, response, 200, new OneModel(0, "success", row));
    }

    private ModelRow row(KnownModel model, HttpServletRequest request) {
        String base = base(request);
        List<String> urls =
                Endpoint.of(model.kind()).stream().map(endpoint -> base + endpoint.path()).toList();
        return ModelRow.of(model, settings.project(), urls);
    }

    /** The service as this client reached it, unless the setting says better. */
    private String base(HttpServletRequest request) {
        URI set = settings.publicUrl();
        if (set != null) {
            String url = set.toString();
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length());
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.MODEL_NOT_FOUND, "no such model", "model", null);
    }
}
