package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code stop}. */
public final class ParseStops {
    private static final int MOST_STOPS = 4;

    private ParseStops() {}

    /** @throws holt.api.RequestRejectedException if it is neither a text nor some texts */
    public static List<String> parse(@Nullable Object stop) {
        return switch (stop) {
            case null -> List.of();
            case String text -> text.isEmpty() ? List.of() : List.of(text);
            case List<?> texts -> stops(texts);
            default -> throw invalid("stop", "must be a string or an array of strings");
        };
    }

    private static List<String> stops(List<?> texts) {
        if (texts.size() > MOST_STOPS) {
            throw invalid("stop", "must have at most " + MOST_STOPS + " strings");
        }
        var stops = new ArrayList<String>();
        for (Object text : texts) {
            if (!(text instanceof String stop) || stop.isEmpty()) {
                throw invalid("stop", "must have non-empty strings only");
            }
            stops.add(stop);
        }
        return stops;
    }
}
