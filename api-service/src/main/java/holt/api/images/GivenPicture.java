package holt.api.images;

import static holt.api.fields.Fields.invalid;

import holt.api.sources.SourceImage;
import holt.api.sources.SourceImages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture as a request gives it. */
sealed interface GivenPicture {
    /** May fetch it. */
    SourceImage read(SourceImages images);

    /** By its URL, or as text. */
    record Reference(String field, String text) implements GivenPicture {
        @Override
        public SourceImage read(SourceImages images) {
            return images.read(text, field);
        }
    }

    /** As the bytes of its file. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Part(String field, byte[] bytes) implements GivenPicture {
        @Override
        public SourceImage read(SourceImages images) {
            return images.read(bytes, field);
        }
    }

    /**
     * The field's one picture.
     *
     * @param value text, the bytes of a part, or a list of one of them
     * @return null if there is none
     */
    static @Nullable GivenPicture of(String field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text.isBlank() ? null : new Reference(field, text.strip());
            case byte[] bytes -> bytes.length == 0 ? null : new Part(field, bytes);
            case List<?> list when list.size() <= 1 ->
                    list.isEmpty() ? null : of(field, list.getFirst());
            case List<?> _ -> throw invalid(field, "one picture expected");
            default -> throw invalid(field, "a URL or a data: URI expected");
        };
    }
}
