package holt.api.http;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what a controller throws, and what no controller takes, into an answer. */
@RestControllerAdvice
final class AnswerFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerFailures.class);
    private static final Duration STORE_BACK = Duration.ofSeconds(2);

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    void noRoute(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.failure(
                request,
                response,
                new RequestRejectedException(Failure.NOT_FOUND, "no such route"));
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

    /** Nobody is left to be told. The response is a parameter all the same: so nothing looks for a page to show. */
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

    /** What the client is told; what it is not told goes to the log. */
    static RequestRejectedException rejection(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case RequestRejectedException rejected -> rejected;
            case StoreUnavailableException away -> {
                LOG.atWarn()
                        .addKeyValue("requestId", RequestStamp.of(request).id())
                        .addKeyValue("reason", away.getMessage())
                        .log("the object store is away; the client gets 503");
                yield new RequestRejectedException(
                        Failure.STORAGE_UNAVAILABLE,
                        "the object store is away; try again later",
                        null,
                        STORE_BACK);
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
