package holt.api.models;

import holt.api.ApiSettings;
import holt.api.http.Answers;
import holt.api.http.BaseUrl;
import holt.api.keys.Caller;
import holt.protocol.KnownModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.NoHandlerFoundException;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
@RestController
final class ModelsController {
    private final ModelCatalog catalog;
    private final ApiSettings settings;
    private final BaseUrl baseUrl;

    ModelsController(ModelCatalog catalog, ApiSettings settings, BaseUrl baseUrl) {
        this.catalog = catalog;
        this.settings = settings;
        this.baseUrl = baseUrl;
    }

    @GetMapping("/v1/models")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<ModelRow> rows =
                models(request).entrySet().stream()
                        .map(named -> row(named.getValue(), named.getKey(), request))
                        .toList();
        Answers.json(
                request,
                response,
                200,
                new ModelList(0, "success", "list", settings.project(), rows));
    }

    /** An id such as {@code ORG/NAME} comes as two path segments, or encoded as one. */
    @GetMapping("/v1/models/{*id}")
    void one(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException, NoHandlerFoundException {
        String name = id.substring(1);
        if (name.isEmpty()) {
            throw new NoHandlerFoundException(
                    request.getMethod(), request.getRequestURI(), new HttpHeaders());
        }
        KnownModel model = models(request).get(name);
        if (model == null) {
            throw FindModel.unknown();
        }
        Answers.json(request, response, 200, new OneModel(0, "success", row(model, name, request)));
    }

    /** The caller's models by name and by alias. */
    private Map<String, KnownModel> models(HttpServletRequest request) {
        ModelCatalog visible = VisibleModels.to(Caller.of(request), catalog);
        var models = new TreeMap<String, KnownModel>(visible.aliases());
        visible.list().forEach(model -> models.put(model.name().value(), model));
        return models;
    }

    private ModelRow row(KnownModel model, String name, HttpServletRequest request) {
        String base = baseUrl.of(request);
        List<String> urls =
                Endpoint.of(model.kind()).stream().map(endpoint -> base + endpoint.path()).toList();
        return ModelRow.of(model, name, settings.project(), urls);
    }
}
