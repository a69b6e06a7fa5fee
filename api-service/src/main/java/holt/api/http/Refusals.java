package holt.api.http;

import holt.protocol.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the container's own refusals say, which know a status only. */
final class Refusals {
    private Refusals() {}

    static ErrorBody body(int status) {
        Failure failure = failure(status);
        return ErrorBody.of(failure, sentence(failure), null);
    }

    /** A whole reply in bytes, for requests that could not be parsed. */
    static byte[] reply(int status) {
        String id = RequestStamp.HEADER + ": " + RequestStamp.draw(null).id() + "\n";
        return reply(status, body(status), id);
    }

    /** A whole reply in bytes to who speaks without TLS where it is needed: the same for all, and without an id. */
    static byte[] tlsNeeded() {
        String sentence = "this port speaks TLS: ask by https";
        return reply(400, ErrorBody.of(Failure.BAD_REQUEST, sentence, null), "");
    }

    private static byte[] reply(int status, ErrorBody error, String headers) {
        byte[] body = Json.write(error);
        String head =
                ("HTTP/1.1 " + status + " \n")
                        + headers
                        + "Content-Type: application/json\n"
                        + ("Content-Length: " + body.length + "\n")
                        + (status == 503 ? "retry-after: 1\n" : "")
                        + "Connection: close\n\n";
        var reply = new ByteArrayOutputStream();
        reply.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        reply.writeBytes(body);
        return reply.toByteArray();
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
            default -> "not a valid HTTP/1.1 request";
        };
    }
}
