package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whether an answer contains the URLs of the pictures, or the pictures themselves. */
public enum ResponseFormat {
    @JsonProperty("url")
    URL,
    @JsonProperty("b64_json")
    B64_JSON;

    /** The name in requests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
