package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The encoding of a picture. */
public enum PictureFormat {
    @JsonProperty("png")
    PNG,
    @JsonProperty("jpeg")
    JPEG;

    /** The name in requests, and the extension of a file. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return "image/" + label();
    }
}
