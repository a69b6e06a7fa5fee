package holt.api.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's name in replies and logs, and when it came. {@link HttpProcessor} gives it to every request that can be parsed.
 *
 * @param id the client's {@code X-Request-Id} where that is a plain token, else drawn
 * @param nanos {@link System#nanoTime} at the end of the header
 */
public record RequestStamp(String id, long nanos) {
    static final String ATTRIBUTE = RequestStamp.class.getName();
    static final String HEADER = "x-request-id";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** The stamp of this request. */
    public static RequestStamp of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestStamp stamp) {
            return stamp;
        }
        throw new IllegalStateException("every request is stamped before anything else runs");
    }

    static RequestStamp draw(@Nullable String clientsId) {
        String id =
                clientsId != null && TOKEN.matcher(clientsId).matches()
                        ? clientsId
                        : "req_" + UUID.randomUUID().toString().replace("-", "");
        return new RequestStamp(id, System.nanoTime());
    }

    void writeTo(HttpServletResponse response) {
        response.setHeader(HEADER, id);
        response.setHeader(
                "openai-processing-ms", Long.toString((System.nanoTime() - nanos) / 1_000_000));
    }
}
