package holt.api.jobs;

import holt.api.queue.RateLimits;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** OpenAI's headers that tell a client what it may still send in this minute. */
final class RateHeaders {
    private RateHeaders() {}

    static void write(RateLimits limits, HttpServletResponse response) {
        write("requests", limits.requests(), response);
        write("tokens", limits.tokens(), response);
    }

    private static void write(
            String what, RateLimits.@Nullable Quota quota, HttpServletResponse response) {
        if (quota != null) {
            set("limit", what, Long.toString(quota.limit()), response);
            set("remaining", what, Long.toString(quota.remaining()), response);
            set("reset", what, text(quota.reset()), response);
        }
    }

    private static void set(String field, String what, String value, HttpServletResponse response) {
        response.setHeader("x-ratelimit-" + field + "-" + what, value);
    }

    /** As OpenAI writes times: {@code 7s} or {@code 1m0s}. */
    private static String text(Duration time) {
        return time.toMinutes() == 0
                ? time.toSeconds() + "s"
                : time.toMinutes() + "m" + time.toSecondsPart() + "s";
    }
}
