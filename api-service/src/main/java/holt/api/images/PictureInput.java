package holt.api.images;

import static holt.api.fields.Fields.invalid;

import holt.api.sources.ReadSourceImages;
import holt.api.sources.decode.SourceImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture in a request, not read yet. */
sealed interface PictureInput {
    /** Reads the picture, which may mean to fetch it. */
    SourceImage read(ReadSourceImages images);

    /** A URL, a {@code data:} URI or base64. */
    record Reference(String field, String text) implements PictureInput {
        @Override
        public SourceImage read(ReadSourceImages images) {
            return images.read(text, field);
        }
    }

    /** The bytes of an uploaded file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Upload(String field, byte[] bytes) implements PictureInput {
        @Override
        public SourceImage read(ReadSourceImages images) {
            return images.read(bytes, field);
        }
    }

    /**
     * The field's only picture, or null if it has none.
     *
     * @param value a text, the bytes of a part, or a list with one of them
     */
    static @Nullable PictureInput of(String field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text.isBlank() ? null : new Reference(field, text.strip());
            case byte[] bytes -> bytes.length == 0 ? null : new Upload(field, bytes);
            case List<?> list when list.size() <= 1 ->
                    list.isEmpty() ? null : of(field, list.getFirst());
            case List<?> _ -> throw invalid(field, "must be one picture");
            default -> throw invalid(field, "must be a URL or a data: URI");
        };
    }
}
