package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a key may do. */
public enum Scope {
    /** Call the routes under {@code /v1}. */
    @JsonProperty("user")
    USER,
    /** Call the routes under {@code /admin/v1}. */
    @JsonProperty("operator")
    OPERATOR,
    /** Read {@code /metrics}. */
    @JsonProperty("metrics")
    METRICS;

    /** The scope's name in JSON and messages. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
