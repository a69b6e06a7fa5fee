package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that some worker serves or served: a value of the compacted {@code holt.settings}, key {@code model/<name>}.
 *
 * @param description one line for people: what it is, how large
 * @param created when the model's files were made
 * @param contextLength tokens of prompt and answer together
 * @param longestTokenBytes the longest token in bytes of UTF-8; a prompt of n bytes has at least n / this many tokens
 * @param images what an image model can do; null for others. Such a model has neither context nor tokens: both numbers are 1
 */
public record KnownModel(
        ModelName name,
        Kind kind,
        String description,
        Instant created,
        int contextLength,
        int longestTokenBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImageLimits images) {

    /** A model that makes no images. */
    public KnownModel(
            ModelName name,
            Kind kind,
            String description,
            Instant created,
            int contextLength,
            int longestTokenBytes) {
        this(name, kind, description, created, contextLength, longestTokenBytes, null);
    }

    /** An image model. */
    public static KnownModel ofImages(
            ModelName name, String description, Instant created, ImageLimits images) {
        return new KnownModel(name, Kind.IMAGE, description, created, 1, 1, images);
    }

    /**
     * Which pictures a model renders as they are; others are brought to their size afterwards.
     *
     * @param side of the pictures that it was trained with, in pixels
     * @param sizeStep widths and heights are multiples of it
     * @param maxPixels of a picture
     */
    public record ImageLimits(int side, int sizeStep, long maxPixels) {}

    /** What a model does. */
    public enum Kind {
        @JsonProperty("chat")
        CHAT,
        @JsonProperty("image")
        IMAGE
    }
}
