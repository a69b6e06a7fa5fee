package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A queue's lanes, in the order in which an engine serves what it holds. */
public enum Lane {
    @JsonProperty("high")
    HIGH,
    @JsonProperty("normal")
    NORMAL,
    @JsonProperty("batch")
    BATCH;

    /** The lane's name in topics, settings and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Slots for this lane where {@code running} jobs run at once: all of them for {@code normal}, a quarter, but one, for the others. */
    public int slots(int running) {
        return this == NORMAL ? running : Math.max(1, running / 4);
    }
}
