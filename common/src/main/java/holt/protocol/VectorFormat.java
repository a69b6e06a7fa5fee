package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How an answer writes vectors. */
public enum VectorFormat {
    @JsonProperty("float")
    FLOAT,
    /** The numbers as little-endian float32, in base64. */
    @JsonProperty("base64")
    BASE64;

    /** The name in HTTP requests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
