package holt.api.fields;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads single fields; each method throws {@link RequestRejectedException} with the field's name. */
public final class Fields {
    private Fields() {}

    /** The refusal of a wrong value. */
    public static RequestRejectedException invalid(String param, String why) {
        return new RequestRejectedException(Failure.INVALID_VALUE, param + ": " + why, param, null);
    }

    /** The number; the usual one where none is said. */
    public static double within(
            String param, @Nullable Double value, double usual, double least, double most) {
        if (value == null) {
            return usual;
        }
        if (!(value >= least && value <= most)) {
            throw invalid(param, number(least) + " to " + number(most) + " expected");
        }
        return value;
    }

    /** A number from 1 on; null where 0 or nothing is said, which is the same to many clients. */
    public static @Nullable Integer count(String param, @Nullable Long value, int most) {
        if (value == null || value == 0) {
            return null;
        }
        if (value < 1 || value > most) {
            throw invalid(param, "1 to " + most + " expected");
        }
        return value.intValue();
    }

    /** The choice of that label; the usual one where none is said. */
    public static <T> T choice(
            String param,
            @Nullable String value,
            T usual,
            List<T> choices,
            Function<T, String> label) {
        if (value == null || value.isEmpty()) {
            return usual;
        }
        return choices.stream()
                .filter(choice -> label.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() ->
                        invalid(
                                param,
                                choices.stream().map(label).collect(Collectors.joining(" or "))
                                        + " expected"));
    }

    /** Refuses what would change the answer and is not built. */
    public static void refuseUnsupported(String param, boolean set) {
        if (set) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_PARAMETER, param + ": not supported", param, null);
        }
    }

    /** Whether the value says anything. */
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
