package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The lanes of a queue. An engine serves its jobs in this order. */
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

    /** The slots of this lane on a worker that runs that many jobs at once: as many for {@code normal}, else a quarter but at least 1. */
    public int slots(int running) {
        return this == NORMAL ? running : Math.max(1, running / 4);
    }
}
