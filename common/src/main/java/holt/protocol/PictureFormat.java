package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a picture is encoded as. */
public enum PictureFormat {
    @JsonProperty("png")
    PNG,
    @JsonProperty("jpeg")
    JPEG;

    /** The format in requests, and the end of a file's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return "image/" + label();
    }
}
