package holt.api.images;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.sources.ReadSourceImages;
import holt.api.sources.decode.SourceImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
     * The field's pictures, in order.
     *
     * @param value a text, the bytes of a part, OpenAI's object with an {@code image_url}, or a list of them
     */
    static List<PictureInput> all(String field, @Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String text ->
                    text.isBlank() ? List.of() : List.of(new Reference(field, text.strip()));
            case byte[] bytes -> bytes.length == 0 ? List.of() : List.of(new Upload(field, bytes));
            case Map<?, ?> object -> List.of(ofObject(field, object));
            case List<?> list when list.size() == 1 && !(list.getFirst() instanceof Map<?, ?>) ->
                    all(field, list.getFirst());
            case List<?> list ->
                    IntStream.range(0, list.size())
                            .boxed()
                            .flatMap(i -> all(field + "[" + i + "]", list.get(i)).stream())
                            .toList();
            default -> throw invalid(field, "must be a URL or a data: URI");
        };
    }

    /** The field's only picture; null if it has none. */
    static @Nullable PictureInput one(String field, @Nullable Object value) {
        List<PictureInput> all = all(field, value);
        if (all.size() > 1) {
            throw invalid(field, "must be one picture");
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    private static PictureInput ofObject(String field, Map<?, ?> object) {
        String param = field + ".image_url";
        Object url = object.get("image_url");
        if (url == null || "".equals(url)) {
            refuseUnsupported(field + ".file_id", isSet(object.get("file_id")));
            throw invalid(param, "required");
        }
        if (!(url instanceof String text)) {
            throw invalid(param, "must be a URL or a data: URI");
        }
        return new Reference(param, text.strip());
    }
}
