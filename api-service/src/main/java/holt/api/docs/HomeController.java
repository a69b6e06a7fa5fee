package holt.api.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.console.ConsoleUrl;
import holt.api.http.Answers;
import holt.api.http.BaseUrl;
import holt.api.models.ModelCatalog;
import holt.protocol.KnownModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** {@code GET /}: a page for browsers, JSON for programs. {@code GET /favicon.ico}: the icon that browsers ask for. */
@RestController
final class HomeController {
    private static final String PLACE_OF_MODELS = "MODELS";
    private static final String PLACE_OF_CONSOLE = "CONSOLE";

    private final ModelCatalog catalog;
    private final BaseUrl baseUrl;
    private final ConsoleUrl console;
    private final String page = new String(Resource.bytes("home.html"), StandardCharsets.UTF_8);
    private final byte[] icon = Resource.bytes("icon.png");

    HomeController(ModelCatalog catalog, BaseUrl baseUrl, ConsoleUrl console) {
        this.catalog = catalog;
        this.baseUrl = baseUrl;
        this.console = console;
    }

    /**
     * What this service is.
     *
     * @param models the names of the listed models
     * @param docs the URL of the page with all routes
     * @param modelList the URL of the model list
     * @param console the URL of the console; absent if this client cannot reach it
     */
    record Home(
            int code,
            String message,
            String name,
            List<String> models,
            String docs,
            String openapi,
            String modelList,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String console) {}

    @GetMapping("/")
    void home(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Vary", "Accept");
        String accept = request.getHeader("Accept");
        if (accept != null && accept.contains("text/html")) {
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'");
            byte[] html =
                    page.replace(PLACE_OF_CONSOLE, console(request))
                            .replace(PLACE_OF_MODELS, items())
                            .getBytes(StandardCharsets.UTF_8);
            Answers.file(request, response, "text/html;charset=UTF-8", html);
        } else {
            Answers.json(
                    request,
                    response,
                    200,
                    home(baseUrl.of(request), console.of(request).orElse(null)));
        }
    }

    @GetMapping("/favicon.ico")
    void icon(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "max-age=86400");
        Answers.file(request, response, "image/png", icon);
    }

    private Home home(String base, @Nullable String consoleUrl) {
        List<String> names = catalog.list().stream().map(model -> model.name().value()).toList();
        return new Home(
                0,
                "success",
                "Holt",
                names,
                base + "/docs",
                base + "/openapi.json",
                base + "/v1/models",
                consoleUrl);
    }

    private String console(HttpServletRequest request) {
        return console.of(request)
                .map(url ->
                        "<li><a href=\"%s\">console</a>: queues, workers, jobs and a playground"
                                .formatted(HtmlUtils.htmlEscape(url)))
                .orElse("");
    }

    private String items() {
        List<KnownModel> models = catalog.list();
        return models.isEmpty()
                ? "<li>No worker serves a model yet."
                : models.stream().map(HomeController::item).collect(Collectors.joining("\n"));
    }

    private static String item(KnownModel model) {
        return "<li><code>"
                + HtmlUtils.htmlEscape(model.name().value())
                + "</code>: "
                + HtmlUtils.htmlEscape(model.description());
    }
}
