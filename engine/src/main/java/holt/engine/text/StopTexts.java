package holt.engine.text;

import java.util.List;

/** Lets text through until a stop text comes up, and holds back what may become one. */
final class StopTexts {
    private final List<String> stops;
    private String held = "";
    private boolean met;

    StopTexts(List<String> stops) {
        this.stops = stops;
    }

    /** Whether a stop text came up; what follows it is dropped. */
    boolean met() {
        return met;
    }

    /** Adds text; returns what is safe to show. */
    String append(String text) {
        if (met) {
            return "";
        }
        String all = held + text;
        int cut =
                stops.stream().mapToInt(all::indexOf).filter(index -> index >= 0).min().orElse(-1);
        met = cut >= 0;
        if (!met) {
            cut =
                    all.length()
                            - stops.stream()
                                    .mapToInt(stop -> beginningAtEnd(all, stop))
                                    .max()
                                    .orElse(0);
        }
        held = met ? "" : all.substring(cut);
        return all.substring(0, cut);
    }

    /** What was held back, now that nothing follows. */
    String finish() {
        String rest = held;
        held = "";
        return rest;
    }

    /** The length of the longest proper beginning of {@code stop} that {@code text} ends with. */
    private static int beginningAtEnd(String text, String stop) {
        int length = Math.min(stop.length() - 1, text.length());
        while (length > 0 && !text.endsWith(stop.substring(0, length))) {
            length--;
        }
        return length;
    }
}
