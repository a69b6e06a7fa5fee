package holt.api.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Ability;
import holt.protocol.KnownModel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as clients see it, in the network's shape and OpenAI's at once.
 *
 * @param created in seconds since 1970
 * @param model the id again, for the network's clients
 * @param url its main endpoint
 * @param contextLength of a chat model, in tokens of prompt and answer together; of an embedding model, in tokens of an input; null if unknown
 * @param sizes of an image model
 * @param abilities beyond plain text
 * @param dimensions of an embedding model's vectors
 */
record ModelRow(
        String id,
        String object,
        long created,
        String ownedBy,
        String model,
        String url,
        List<String> urls,
        KnownModel.Kind kind,
        String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer contextLength,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sizes sizes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Ability> abilities,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer dimensions) {

    /**
     * The sizes that the model renders itself. Pictures of other sizes are scaled afterwards.
     *
     * @param usual the default size, such as {@code 512x512}
     * @param multipleOf both sides are multiples of this number of pixels
     * @param maxPixels most pixels of a picture
     */
    record Sizes(String usual, int multipleOf, long maxPixels) {
        private static @Nullable Sizes of(KnownModel.@Nullable ImageLimits limits) {
            return limits == null
                    ? null
                    : new Sizes(
                            limits.side() + "x" + limits.side(),
                            limits.sizeStep(),
                            limits.maxPixels());
        }
    }

    private static @Nullable Integer contextLength(KnownModel model) {
        return model.kind() == KnownModel.Kind.IMAGE || model.contextLength() == KnownModel.UNKNOWN
                ? null
                : model.contextLength();
    }

    /** @param name the model's own, or an alias */
    static ModelRow of(KnownModel model, String name, String ownedBy, List<String> urls) {
        return new ModelRow(
                name,
                "model",
                model.created().getEpochSecond(),
                ownedBy,
                name,
                urls.getFirst(),
                urls,
                model.kind(),
                model.description(),
                contextLength(model),
                Sizes.of(model.images()),
                model.abilities(),
                model.dimensions());
    }
}
