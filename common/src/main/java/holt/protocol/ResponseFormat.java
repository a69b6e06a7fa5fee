package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a client takes its pictures: by their URLs, or within the answer. */
public enum ResponseFormat {
    @JsonProperty("url")
    URL,
    @JsonProperty("b64_json")
    B64_JSON;

    /** The format in requests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
