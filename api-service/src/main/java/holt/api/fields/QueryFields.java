package holt.api.fields;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a URL. An empty one counts as absent. */
public final class QueryFields {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    private QueryFields() {}

    public static @Nullable String text(String name, HttpServletRequest request) {
        String value = request.getParameter(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the parameter's name, as with all of these */
    public static @Nullable Instant time(String name, HttpServletRequest request) {
        String value = text(name, request);
        if (value == null) {
            return null;
        }
        if (!SECONDS.matcher(value).matches()) {
            throw invalid(name, "seconds since 1970");
        }
        return Instant.ofEpochSecond(Long.parseLong(value));
    }

    public static @Nullable ModelName model(HttpServletRequest request) {
        String name = text("model", request);
        if (name == null) {
            return null;
        }
        try {
            return new ModelName(name);
        } catch (IllegalArgumentException e) {
            throw invalid("model", "a model's name");
        }
    }

    public static RequestRejectedException invalid(String name, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, name + ": must be " + expected, name, null);
    }
}
