package holt.api.console;

import holt.api.RequestRejectedException;
import holt.api.http.ErrorBody;
import holt.api.http.Json;
import holt.protocol.Failure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers with a page, or with its live part alone if htmx asks for it. No page runs or loads anything from elsewhere. */
final class ShowPage {
    private static final Logger LOG = LoggerFactory.getLogger(ShowPage.class);
    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String PART = "HX-Request";

    private final Templates templates = new Templates();
    private final InstantSource clock;
    private final String policy;

    /**
     * @param clock the broker's
     * @param pictures where pictures are, if not at the API; null otherwise
     */
    ShowPage(InstantSource clock, @Nullable URI pictures) {
        this.clock = clock;
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self';"
                        + " base-uri 'none'; frame-ancestors 'none'; img-src 'self' data: blob:"
                        + (pictures == null ? "" : " " + pictures.resolve("/"));
    }

    Instant now() {
        return clock.instant();
    }

    ServerResponse show(String view, Map<String, Object> values, ServerRequest request) {
        return show(200, view, values, request);
    }

    ServerResponse show(
            int status, String view, Map<String, Object> values, ServerRequest request) {
        var all = new HashMap<>(values);
        all.put("view", view);
        all.put("self", self(request));
        all.put("words", new Words(now()));
        return ServerResponse.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header(HttpHeaders.VARY, PART)
                .body(templates.render(view, isPart(request), all));
    }

    /** The page of an error, or the API's own body for the playground. */
    ServerResponse refused(Throwable failure, ServerRequest request) {
        RequestRejectedException refused = rejection(failure, request);
        String message = String.valueOf(refused.getMessage());
        int status = refused.failure().status();
        if (request.path().startsWith("/console/api/")) {
            return ServerResponse.status(status)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(
                            new String(
                                    Json.write(
                                            ErrorBody.of(
                                                    refused.failure(), message, refused.param())),
                                    StandardCharsets.UTF_8));
        }
        return show(status, "refused", Map.of("message", Words.sentence(message)), request);
    }

    private static RequestRejectedException rejection(Throwable failure, ServerRequest request) {
        if (failure instanceof RequestRejectedException rejected) {
            return rejected;
        }
        LOG.atError()
                .addKeyValue("path", request.path())
                .setCause(failure)
                .log("a page of the console failed; its reader gets 500");
        return new RequestRejectedException(Failure.SERVER_ERROR, "internal error");
    }

    /** Whether the request is of htmx, for the part that changes. */
    static boolean isPart(ServerRequest request) {
        return "true".equals(request.headers().firstHeader(PART));
    }

    static ServerResponse seeOther(String path, String... cookie) {
        return ServerResponse.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .headers(headers -> {
                    for (String each : cookie) {
                        headers.add(HttpHeaders.SET_COOKIE, each);
                    }
                })
                .build();
    }

    private static String self(ServerRequest request) {
        String query = request.servletRequest().getQueryString();
        return request.path() + (query == null ? "" : "?" + query);
    }
}
