package holt.engine.text.streaming;

import java.util.List;

/** Ends a text at a stop string, and holds back text that may become one. */
public final class StopStrings {
    private final List<String> stops;
    private String held = "";
    private boolean met;

    public StopStrings(List<String> stops) {
        this.stops = stops;
    }

    /** Whether the text contained a stop string. Later text is dropped. */
    public boolean met() {
        return met;
    }

    /** Adds text. Returns the text that can be published. */
    public String append(String text) {
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
                                    .mapToInt(stop -> PartialMatch.atEnd(all, stop))
                                    .max()
                                    .orElse(0);
        }
        held = met ? "" : all.substring(cut);
        return all.substring(0, cut);
    }

    /** The text held back, when no more text follows. */
    public String finish() {
        String rest = held;
        held = "";
        return rest;
    }
}
