package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to start from.
 *
 * @param source a PNG, the first picture
 * @param further the other pictures, each a PNG
 * @param mask a PNG of the source's size. Where its alpha is 0, the worker renders the source anew. Null: everywhere
 * @param strength how much may change, above 0, at most 1; null for the model's default
 * @param sourceGuidance scale of the guidance by the source, for models that edit by instruction; null for the worker's default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PictureEdit(
        StoredObject source,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StoredObject> further,
        @Nullable StoredObject mask,
        @Nullable Double strength,
        @Nullable Double sourceGuidance) {
    public PictureEdit {
        // An edit of version 1 has one picture.
        further = further == null ? List.of() : List.copyOf(further);
    }

    /** Of one picture. */
    public PictureEdit(
            StoredObject source,
            @Nullable StoredObject mask,
            @Nullable Double strength,
            @Nullable Double sourceGuidance) {
        this(source, List.of(), mask, strength, sourceGuidance);
    }

    PictureEdit with(UnaryOperator<StoredObject> move) {
        return new PictureEdit(
                move.apply(source),
                further.stream().map(move).toList(),
                mask == null ? null : move.apply(mask),
                strength,
                sourceGuidance);
    }
}
