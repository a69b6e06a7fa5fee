package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model that a worker serves or served lately, on the compacted topic {@code holt.settings} under the key {@code model/<name>}.
 *
 * @param description one line for people
 * @param created when the model's files were made
 * @param contextLength the most tokens of prompt and answer together, or of an input of an embedding model; 1 for an image model, or {@link
 *     #UNKNOWN}
 * @param longestTokenBytes the longest token in bytes of UTF-8, so that a prompt of n bytes has at least n / this tokens; 1 for image and embedding models, whose
 *     tokenizers drop characters, or {@link #UNKNOWN}
 * @param images limits of an image model, if it has any; null for others
 * @param abilities beyond plain text
 * @param dimensions numbers of an embedding model's vectors; null for others
 * @param sampling a chat model's own values for what a client leaves out; null: none
 */
public record KnownModel(
        ModelName name,
        Kind kind,
        String description,
        Instant created,
        int contextLength,
        int longestTokenBytes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImageLimits images,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Ability> abilities,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer dimensions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SamplingDefaults sampling)
        implements Versioned {
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
        this(
                name,
                kind,
                description,
                created,
                contextLength,
                longestTokenBytes,
                null,
                Set.of(),
                null,
                null);
    }

    /** The same model with these abilities. */
    public KnownModel withAbilities(Set<Ability> others) {
        return with(others, sampling);
    }

    /** The same model with these defaults. */
    public KnownModel withSampling(@Nullable SamplingDefaults defaults) {
        return with(abilities, defaults);
    }

    private KnownModel with(Set<Ability> others, @Nullable SamplingDefaults defaults) {
        return new KnownModel(
                name,
                kind,
                description,
                created,
                contextLength,
                longestTokenBytes,
                images,
                others,
                dimensions,
                defaults);
    }

    /** The same model with the abilities that both have, and with the defaults if both have the same. */
    public KnownModel sharedWith(KnownModel other) {
        var shared = new TreeSet<>(abilities);
        shared.retainAll(other.abilities);
        return with(shared, Objects.equals(sampling, other.sampling) ? sampling : null);
    }

    /** The key of a model's record on {@code holt.settings}. */
    public static String key(ModelName model) {
        return KEY_PREFIX + model.value();
    }

    /** The model's name in such a key. */
    public static ModelName ofKey(String key) {
        return new ModelName(key.substring(KEY_PREFIX.length()));
    }

    /**
     * An image model.
     *
     * @param images null: only its engine knows them
     */
    public static KnownModel ofImages(
            ModelName name, String description, Instant created, @Nullable ImageLimits images) {
        return new KnownModel(
                name, Kind.IMAGE, description, created, 1, 1, images, Set.of(), null, null);
    }

    /** An embedding model. */
    public static KnownModel ofEmbeddings(
            ModelName name, String description, Instant created, int maxTokens, int dimensions) {
        return new KnownModel(
                name,
                Kind.EMBEDDING,
                description,
                created,
                maxTokens,
                1,
                null,
                Set.of(Ability.EMBEDDINGS),
                dimensions,
                null);
    }

    @Override
    public int version() {
        return kind == Kind.EMBEDDING ? 2 : 1;
    }

    /**
     * The pictures that a model renders. The worker scales them to other sizes afterwards.
     *
     * @param side of the training pictures, in pixels
     * @param sizeStep widths and heights are multiples of it
     * @param maxPixels the most pixels of a picture
     */
    public record ImageLimits(int side, int sizeStep, long maxPixels) {}

    /**
     * How to sample where a client says nothing. Null where the model says nothing either.
     *
     * @param temperature 0 is greedy
     * @param topP the share of probability to keep, 0 to 1
     * @param topK how many of the likeliest tokens to keep, at least 1; null: all
     * @param minP the least probability to keep, as a share of the likeliest token's, 0 to 1
     * @param repetition penalty: a factor above 0 for a token in the prompt or the answer; 1 is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SamplingDefaults(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            @Nullable Double minP,
            @Nullable Double repetition) {
        /** Of a model that says nothing. */
        public static final SamplingDefaults NONE =
                new SamplingDefaults(null, null, null, null, null);
    }

    /** What a model does. */
    public enum Kind {
        @JsonProperty("chat")
        CHAT,
        @JsonProperty("image")
        IMAGE,
        @JsonProperty("embedding")
        EMBEDDING
    }
}
