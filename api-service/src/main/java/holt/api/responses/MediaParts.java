package holt.api.responses;

import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the pictures, sounds and files of {@code input} into parts of a chat's message. */
final class MediaParts {
    private MediaParts() {}

    static boolean isOne(@Nullable Object part) {
        return part instanceof Map<?, ?> fields
                && fields.get("type") instanceof String type
                && (type.equals("input_image")
                        || type.equals("input_file")
                        || type.equals("input_audio"));
    }

    /** Of one that {@link #isOne}. The chat checks what it holds. */
    static Map<String, Object> of(Map<String, Object> part, String param) {
        refuseUnsupported(param + ".file_id", isSet(part.get("file_id")));
        return switch (String.valueOf(part.get("type"))) {
            case "input_image" -> {
                var image = new LinkedHashMap<String, @Nullable Object>();
                image.put("url", part.get("image_url"));
                image.put("detail", part.get("detail"));
                yield Map.of("type", "image_url", "image_url", image);
            }
            case "input_file" -> {
                refuseUnsupported(param + ".file_url", isSet(part.get("file_url")));
                var file = new LinkedHashMap<String, @Nullable Object>();
                file.put("filename", part.get("filename"));
                file.put("file_data", part.get("file_data"));
                yield Map.of("type", "file", "file", file);
            }
            default -> part;
        };
    }
}
