package holt.api.http.tomcat;

import holt.api.http.ErrorBody;
import holt.api.http.Json;
import holt.api.http.RequestStamp;
import holt.protocol.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The texts of Tomcat's own refusals, of which only the status is known. */
final class ContainerErrors {
    private ContainerErrors() {}

    static ErrorBody body(int status) {
        Failure failure = failure(status);
        return ErrorBody.of(failure, sentence(failure), null);
    }

    /** The bytes of a whole reply, for a request that could not be parsed. */
    static byte[] reply(int status) {
        String id = RequestStamp.HEADER + ": " + RequestStamp.draw(null).id() + "\n";
        return reply(status, body(status), id);
    }

    /** The bytes of a whole reply to a client that speaks plain HTTP on a TLS port. All clients get the same one, without an id. */
    static byte[] tlsNeeded() {
        String sentence = "this port needs TLS; use https";
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
            // Tomcat says "not implemented" and "version not supported" of requests that are wrong.
            case 501, 505 -> Failure.BAD_REQUEST;
            default -> status < 500 ? Failure.BAD_REQUEST : Failure.SERVER_ERROR;
        };
    }

    private static String sentence(Failure failure) {
        return switch (failure) {
            case NOT_FOUND -> "this route does not exist";
            case METHOD_NOT_ALLOWED -> "the method is not allowed on this route";
            case REQUEST_TIMEOUT -> "the request did not arrive in time";
            case PAYLOAD_TOO_LARGE -> "the body is too large";
            case HEADER_TOO_LARGE -> "the request header is too large";
            case UNSUPPORTED_MEDIA_TYPE -> "the media type is not supported";
            case OVERLOADED -> "this instance is stopping";
            case SERVER_ERROR -> "the request could not be served";
            default -> "not a valid HTTP/1.1 request";
        };
    }
}
