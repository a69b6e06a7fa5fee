package holt.api.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's name in replies and logs, and when it came.
 *
 * @param id the client's {@code X-Request-Id} where that is a plain token, else drawn
 * @param nanos {@link System#nanoTime} at the end of the header
 */
public record RequestStamp(String id, long nanos) {
    private static final String ATTRIBUTE = RequestStamp.class.getName();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** The stamp that {@link StampRequest} gave to this request. */
    public static RequestStamp of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestStamp stamp) {
            return stamp;
        }
        throw new IllegalStateException("every request is stamped before anything else runs");
    }

    static RequestStamp put(ServletRequest request, @Nullable String clientsId) {
        boolean plain = clientsId != null && TOKEN.matcher(clientsId).matches();
        var stamp =
                new RequestStamp(
                        plain && clientsId != null
                                ? clientsId
                                : "req_" + UUID.randomUUID().toString().replace("-", ""),
                        System.nanoTime());
        request.setAttribute(ATTRIBUTE, stamp);
        return stamp;
    }

    void writeTo(HttpServletResponse response) {
        response.setHeader("x-request-id", id);
        response.setHeader(
                "openai-processing-ms", Long.toString((System.nanoTime() - nanos) / 1_000_000));
    }
}
