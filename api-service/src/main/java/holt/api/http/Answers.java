package holt.api.http;

import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Writes whole answers, with the headers that every answer needs. */
public final class Answers {
    private Answers() {}

    /** Sends the body as JSON. */
    public static void json(
            HttpServletRequest request, HttpServletResponse response, int status, Object body)
            throws IOException {
        whole(request, response, status, "application/json", Json.write(body));
    }

    /** Sends a file with status 200. Tomcat sends only the headers in answer to {@code HEAD}. */
    public static void file(
            HttpServletRequest request,
            HttpServletResponse response,
            String contentType,
            byte[] bytes)
            throws IOException {
        whole(request, response, 200, contentType, bytes);
    }

    /** Sends both error shapes, with the headers that say whether and when to retry. */
    public static void failure(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestRejectedException rejected)
            throws IOException {
        Failure failure = rejected.failure();
        advise(response, rejected);
        json(request, response, failure.status(), ErrorBody.of(rejected));
    }

    private static void whole(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String contentType,
            byte[] bytes)
            throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(bytes.length);
        RequestStamp.of(request).writeTo(response);
        if (ClientConnection.of(request).isStopping() || !request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    private static void advise(HttpServletResponse response, RequestRejectedException rejected) {
        switch (rejected.failure()) {
            case RATE_LIMIT_EXCEEDED, OVERLOADED, STORAGE_UNAVAILABLE ->
                    response.setHeader("retry-after", Long.toString(retryAfter(rejected)));
            // The job had all its attempts or its whole time. A retry would only repeat the work.
            case TIMEOUT, WORKER_FAILED, INSUFFICIENT_MEMORY, SERVER_ERROR ->
                    response.setHeader("x-should-retry", "false");
            default -> {}
        }
    }

    /**
     * In seconds. Adds up to a quarter of a known time, or as much again as one that is not, so that clients that were refused together do not
     * retry together.
     */
    private static long retryAfter(RequestRejectedException rejected) {
        Duration time = rejected.retryAfter();
        long least = time == null ? 1 : Math.max(1, time.plusMillis(999).toSeconds());
        Refusal refusal = rejected.refusal();
        long more = refusal != null && refusal.isTimed() ? least / 4 : least;
        return ThreadLocalRandom.current().nextLong(least, least + more + 1);
    }
}
