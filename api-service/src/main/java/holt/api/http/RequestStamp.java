package holt.api.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's id in answers and logs, and its arrival time. The connector stamps every request that it can parse.
 *
 * @param id the client's {@code X-Request-Id} if that is a plain token, else a random one
 * @param nanos {@link System#nanoTime} at the end of the header
 */
public record RequestStamp(String id, long nanos) {
    public static final String ATTRIBUTE = RequestStamp.class.getName();
    public static final String HEADER = "x-request-id";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public static RequestStamp of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestStamp stamp) {
            return stamp;
        }
        throw new IllegalStateException("The connector has not stamped this request");
    }

    /** @param clientsId the client's {@code X-Request-Id}, if it sent one */
    public static RequestStamp draw(@Nullable String clientsId) {
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
