package holt.api.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.KnownModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model as clients of both families see it.
 *
 * @param created seconds since 1970
 * @param model the id again, for the standard
 * @param url its main endpoint
 * @param contextLength of a chat model, in tokens of prompt and answer together
 * @param sizes of an image model
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sizes sizes) {

    /**
     * Which pictures come as the model renders them; others are brought to their size afterwards.
     *
     * @param usual where none is asked for, such as {@code 512x512}
     * @param multipleOf both sides are, in pixels
     * @param maxPixels of a picture
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

    static ModelRow of(KnownModel model, String ownedBy, List<String> urls) {
        String name = model.name().value();
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
                model.kind() == KnownModel.Kind.CHAT ? model.contextLength() : null,
                Sizes.of(model.images()));
    }
}
