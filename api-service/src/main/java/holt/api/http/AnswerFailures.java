package holt.api.http;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns controllers' exceptions and requests without a route into error answers. */
@RestControllerAdvice
final class AnswerFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerFailures.class);
    private static final Duration STORE_RETRY_AFTER = Duration.ofSeconds(2);

    /** The path of a request in a message is at most this long. */
    private static final int LONGEST_PATH = 200;

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7E]");

    private final NearestRoute nearest;

    AnswerFailures(NearestRoute nearest) {
        this.nearest = nearest;
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    void noRoute(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.failure(
                request,
                response,
                new RequestRejectedException(Failure.NOT_FOUND, noRoute(request)));
    }

    private String noRoute(HttpServletRequest request) {
        String path = request.getRequestURI();
        String plain = UNPRINTABLE.matcher(path).replaceAll("?");
        String shown =
                plain.length() <= LONGEST_PATH ? plain : plain.substring(0, LONGEST_PATH) + "...";
        String hint = nearest.to(path).map(route -> "; the nearest route is " + route).orElse("");
        return "the route " + shown + " does not exist" + hint + "; /docs lists all routes";
    }

    @ExceptionHandler
    void noMethod(
            HttpRequestMethodNotSupportedException refused,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String[] allowed = refused.getSupportedMethods();
        if (allowed != null) {
            response.setHeader("Allow", String.join(", ", allowed));
        }
        Answers.failure(
                request,
                response,
                new RequestRejectedException(
                        Failure.METHOD_NOT_ALLOWED,
                        request.getMethod() + " is not allowed on this route"));
    }

    /** Writes nothing. The response is a parameter so that Spring looks for no page to render. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone(IOException gone, HttpServletRequest request, HttpServletResponse response) {
        LOG.atDebug()
                .addKeyValue("requestId", RequestStamp.of(request).id())
                .setCause(gone)
                .log("client left before its answer was written");
    }

    @ExceptionHandler
    void failed(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answers.failure(request, response, rejection(failure, request));
    }

    /** The error that the client gets. Details of unexpected failures go to the log only. */
    static RequestRejectedException rejection(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case RequestRejectedException rejected -> rejected;
            case StoreUnavailableException unavailable -> {
                LOG.atWarn()
                        .addKeyValue("requestId", RequestStamp.of(request).id())
                        .addKeyValue("reason", unavailable.getMessage())
                        .log("object store is unavailable; the client gets 503");
                yield new RequestRejectedException(
                        Failure.STORAGE_UNAVAILABLE,
                        "the object store is unavailable; try again later",
                        null,
                        STORE_RETRY_AFTER);
            }
            default -> {
                LOG.atError()
                        .addKeyValue("requestId", RequestStamp.of(request).id())
                        .setCause(failure)
                        .log("request failed unexpectedly; the client gets 500");
                yield new RequestRejectedException(Failure.SERVER_ERROR, "internal error");
            }
        };
    }
}
