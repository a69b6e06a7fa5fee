package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A picture to start from.
 *
 * @param source a PNG
 * @param mask a PNG of the same size. Where its alpha is 0, the worker renders the picture anew. Null: everywhere
 * @param strength how much may change, above 0, at most 1; null for the model's default
 * @param sourceGuidance scale of the guidance by the source, for models that edit by instruction; null for the worker's default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PictureEdit(
        StoredObject source,
        @Nullable StoredObject mask,
        @Nullable Double strength,
        @Nullable Double sourceGuidance) {
    PictureEdit with(UnaryOperator<StoredObject> move) {
        return new PictureEdit(
                move.apply(source),
                mask == null ? null : move.apply(mask),
                strength,
                sourceGuidance);
    }
}
