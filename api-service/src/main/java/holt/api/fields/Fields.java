package holt.api.fields;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single fields. Each method throws {@link RequestRejectedException} with the field's name. */
public final class Fields {
    private Fields() {}

    /** @param why a predicate for which the field is the subject, such as "must be a string" */
    public static RequestRejectedException invalid(String param, String why) {
        return new RequestRejectedException(Failure.INVALID_VALUE, param + ": " + why, param, null);
    }

    /** The number, or the default if it is not set. */
    public static double within(
            String param, @Nullable Double value, double otherwise, double least, double most) {
        if (value == null) {
            return otherwise;
        }
        if (!(value >= least && value <= most)) {
            throw invalid(param, "must be from " + number(least) + " to " + number(most));
        }
        return value;
    }

    /** A number from 1 on. Returns null for null and for 0, which many clients send for "not set". */
    public static @Nullable Integer count(String param, @Nullable Long value, int most) {
        if (value == null || value == 0) {
            return null;
        }
        if (value < 1 || value > most) {
            throw invalid(param, "must be from 1 to " + most);
        }
        return value.intValue();
    }

    /** The choice with that label, or the default if it is not set. */
    public static <T> T choice(
            String param,
            @Nullable String value,
            T otherwise,
            List<T> choices,
            Function<T, String> label) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        return choices.stream()
                .filter(choice -> label.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() ->
                        invalid(
                                param,
                                "must be "
                                        + choices.stream()
                                                .map(label)
                                                .collect(Collectors.joining(" or "))));
    }

    /** Refuses a field that would change the answer and is not supported. */
    public static void refuseUnsupported(String param, boolean set) {
        if (set) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_PARAMETER, param + ": not supported", param, null);
        }
    }

    /** The fields of a JSON object. */
    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    public static Map<String, Object> object(String param, @Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return (Map<String, Object>) fields;
        }
        throw invalid(param, "must be an object");
    }

    /** Whether the value is neither null nor false nor empty. */
    public static boolean isSet(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean yes -> yes;
            case String text -> !text.isEmpty();
            case Collection<?> items -> !items.isEmpty();
            case Map<?, ?> fields -> !fields.isEmpty();
            default -> true;
        };
    }

    private static String number(double bound) {
        return Long.toString((long) bound);
    }
}
