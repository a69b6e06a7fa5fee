package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of a request.
 *
 * @param traceparent of version 00
 * @param tracestate what other vendors add; null: nothing
 */
public record TraceContext(
        String traceparent,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tracestate) {
    private static final Pattern PARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7E]{1,512}");

    /** Null if there is no valid {@code traceparent}. An invalid {@code tracestate} is left out. */
    public static @Nullable TraceContext of(
            @Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || !PARENT.matcher(traceparent).matches()) {
            return null;
        }
        boolean valid = tracestate != null && STATE.matcher(tracestate).matches();
        return new TraceContext(traceparent, valid ? tracestate : null);
    }
}
