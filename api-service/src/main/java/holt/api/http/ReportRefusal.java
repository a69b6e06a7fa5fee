package holt.api.http;

import holt.protocol.Failure;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the body of what the container itself refuses - malformed HTTP, a path it will not decode - in both error shapes. */
final class ReportRefusal extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ReportRefusal.class);

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (!writable.get()) {
            return;
        }
        int status = response.getStatus();
        Failure failure = failure(status);
        try {
            Answers.json(request, response, status, ErrorBody.of(failure, sentence(failure), null));
            response.finishResponse();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("client left before its refusal was written");
        }
    }

    private static Failure failure(int status) {
        return switch (status) {
            case 404 -> Failure.NOT_FOUND;
            case 405 -> Failure.METHOD_NOT_ALLOWED;
            case 408 -> Failure.REQUEST_TIMEOUT;
            case 413 -> Failure.PAYLOAD_TOO_LARGE;
            case 414, 431 -> Failure.HEADER_TOO_LARGE;
            case 415 -> Failure.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> Failure.OVERLOADED;
            // "Not implemented" and "version not supported" are the container's words for requests
            // that are wrong.
            case 501, 505 -> Failure.BAD_REQUEST;
            default -> status < 500 ? Failure.BAD_REQUEST : Failure.SERVER_ERROR;
        };
    }

    private static String sentence(Failure failure) {
        return switch (failure) {
            case NOT_FOUND -> "no such route";
            case METHOD_NOT_ALLOWED -> "the method is not allowed here";
            case REQUEST_TIMEOUT -> "the request did not arrive in time";
            case PAYLOAD_TOO_LARGE -> "the body is too large";
            case HEADER_TOO_LARGE -> "the request's header is too large";
            case UNSUPPORTED_MEDIA_TYPE -> "the media type is not supported";
            case OVERLOADED -> "the service is shutting down";
            case SERVER_ERROR -> "the request could not be served";
            default -> "the request is not valid HTTP";
        };
    }
}
