package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key may do. */
public enum Scope {
    /** Call the routes under {@code /v1}. */
    @JsonProperty("user")
    USER,
    /** Call the routes under {@code /admin/v1}. */
    @JsonProperty("operator")
    OPERATOR
}
