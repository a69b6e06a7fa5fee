package holt.api.console;

import holt.api.keys.NeedsKeys;
import holt.api.models.ModelCatalog;
import holt.protocol.KnownModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /console/playground/chat} and {@code /console/playground/images}: models tried by hand. */
final class PlaygroundPages {
    private final ModelCatalog catalog;
    private final NeedsKeys needs;
    private final ApiAddress api;
    private final ShowPage pages;

    PlaygroundPages(ModelCatalog catalog, NeedsKeys needs, ApiAddress api, ShowPage pages) {
        this.catalog = catalog;
        this.needs = needs;
        this.api = api;
        this.pages = pages;
    }

    ServerResponse chat(ServerRequest request) {
        return pages.show("chat", values(KnownModel.Kind.CHAT, request), request);
    }

    ServerResponse images(ServerRequest request) {
        return pages.show("images", values(KnownModel.Kind.IMAGE, request), request);
    }

    private Map<String, Object> values(KnownModel.Kind kind, ServerRequest request) {
        List<String> models =
                catalog.list().stream()
                        .filter(model -> model.kind() == kind)
                        .map(model -> model.name().value())
                        .toList();
        var values = new HashMap<String, Object>();
        values.put("models", models);
        values.put("chosen", request.param("model").orElse(""));
        values.put("needsKey", needs.required());
        values.put("api", api.outside(request));
        return values;
    }
}
