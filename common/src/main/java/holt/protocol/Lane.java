package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How urgent a job is. An API instance sends its waiting jobs in this order, and an engine serves them so. */
public enum Lane {
    @JsonProperty("high")
    HIGH,
    @JsonProperty("normal")
    NORMAL,
    @JsonProperty("batch")
    BATCH;

    /** The lane's name in settings and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
