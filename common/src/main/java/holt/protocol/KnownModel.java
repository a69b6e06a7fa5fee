package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model that a worker serves or served lately, on the compacted topic {@code holt.settings} under the key {@code model/<name>}.
 *
 * @param description one line for people
 * @param created when the model's files were made
 * @param contextLength the most tokens of prompt and answer together; 1 for an image model, or {@link #UNKNOWN}
 * @param longestTokenBytes the longest token in bytes of UTF-8; 1 for an image model, or {@link #UNKNOWN}. A prompt of n bytes has at least
 *     n / this tokens
 * @param images limits of an image model; null for others
 * @param abilities beyond plain text
 */
public record KnownModel(
        ModelName name,
        Kind kind,
        String description,
        Instant created,
        int contextLength,
        int longestTokenBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImageLimits images,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Ability> abilities) {
    public KnownModel {
        // Older workers announce none.
        abilities =
                abilities == null
                        ? Set.of()
                        : Collections.unmodifiableSet(new TreeSet<>(abilities));
    }

    /** A worker writes each of its models at least this often. */
    public static final Duration WRITTEN_EVERY = Duration.ofHours(1);

    /** A length that only the engine knows. It is so large that nothing is refused for it. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    private static final String KEY_PREFIX = "model/";

    /** A model that makes no images. */
    public KnownModel(
            ModelName name,
            Kind kind,
            String description,
            Instant created,
            int contextLength,
            int longestTokenBytes) {
        this(name, kind, description, created, contextLength, longestTokenBytes, null, Set.of());
    }

    /** The same model with these abilities. */
    public KnownModel withAbilities(Set<Ability> others) {
        return new KnownModel(
                name, kind, description, created, contextLength, longestTokenBytes, images, others);
    }

    /** The same model with the abilities that both have. */
    public KnownModel sharedWith(KnownModel other) {
        var shared = new TreeSet<>(abilities);
        shared.retainAll(other.abilities);
        return withAbilities(shared);
    }

    /** The key of a model's record on {@code holt.settings}. */
    public static String key(ModelName model) {
        return KEY_PREFIX + model.value();
    }

    /** The model's name in such a key. */
    public static ModelName ofKey(String key) {
        return new ModelName(key.substring(KEY_PREFIX.length()));
    }

    /** An image model. */
    public static KnownModel ofImages(
            ModelName name, String description, Instant created, ImageLimits images) {
        return new KnownModel(name, Kind.IMAGE, description, created, 1, 1, images, Set.of());
    }

    /**
     * The pictures that a model renders. The worker scales them to other sizes afterwards.
     *
     * @param side of the training pictures, in pixels
     * @param sizeStep widths and heights are multiples of it
     * @param maxPixels the most pixels of a picture
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
