package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.fields.Fields;
import holt.protocol.Media;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture, a sound or a file in a message, not read yet.
 *
 * @param message the number of its message
 * @param at how many characters of the message's text come before it
 * @param param where it stands in the request, such as {@code messages[2].content[1]}
 * @param field of the request that has its data
 * @param data a URL, a {@code data:} URI or base64
 * @param format that the client names; null: none
 * @param name of a file; null: none
 * @param detail how closely the model looks at a picture; null: its engine decides
 */
record MediaPart(
        int message,
        int at,
        Media.Kind kind,
        String param,
        String field,
        String data,
        @Nullable String format,
        @Nullable String name,
        @Nullable String detail) {
    private static final List<String> DETAILS = List.of("auto", "low", "high", "original");
    private static final List<String> SOUNDS = List.of("wav", "mp3");
    private static final int LONGEST_NAME = 255;

    /** Null if it is no part of that kind. */
    static @Nullable MediaPart of(
            String type, Map<?, ?> fields, int message, int at, String param) {
        return switch (type) {
            case "image_url" -> picture(fields.get("image_url"), message, at, param);
            case "input_audio" ->
                    sound(
                            object(param + ".input_audio", fields.get("input_audio")),
                            message,
                            at,
                            param);
            case "file" -> file(object(param + ".file", fields.get("file")), message, at, param);
            default -> null;
        };
    }

    /** OpenAI's object, or the URL alone. */
    private static MediaPart picture(@Nullable Object image, int message, int at, String param) {
        String field = param + ".image_url";
        if (image instanceof String url) {
            return new MediaPart(
                    message, at, Media.Kind.PICTURE, param, field, url, null, null, null);
        }
        Map<String, Object> fields = object(field, image);
        Object detail = fields.get("detail");
        String wanted =
                Fields.choice(
                        field + ".detail",
                        detail == null ? null : String.valueOf(detail),
                        DETAILS.getFirst(),
                        DETAILS,
                        each -> each);
        return new MediaPart(
                message,
                at,
                Media.Kind.PICTURE,
                param,
                field + ".url",
                text(field + ".url", fields.get("url")),
                null,
                null,
                wanted.equals(DETAILS.getFirst()) ? null : wanted);
    }

    private static MediaPart sound(Map<String, Object> fields, int message, int at, String param) {
        String field = param + ".input_audio";
        String format =
                Fields.choice(
                        field + ".format",
                        text(field + ".format", fields.get("format")),
                        SOUNDS.getFirst(),
                        SOUNDS,
                        each -> each);
        return new MediaPart(
                message,
                at,
                Media.Kind.AUDIO,
                param,
                field + ".data",
                text(field + ".data", fields.get("data")),
                format,
                null,
                null);
    }

    private static MediaPart file(Map<String, Object> fields, int message, int at, String param) {
        String field = param + ".file";
        refuseUnsupported(field + ".file_id", isSet(fields.get("file_id")));
        Object name = fields.get("filename");
        if (isSet(name) && text(field + ".filename", name).length() > LONGEST_NAME) {
            throw invalid(field + ".filename", "must have at most " + LONGEST_NAME + " characters");
        }
        return new MediaPart(
                message,
                at,
                Media.Kind.FILE,
                param,
                field + ".file_data",
                text(field + ".file_data", fields.get("file_data")),
                null,
                isSet(name) ? String.valueOf(name) : null,
                null);
    }

    private static String text(String param, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw invalid(param, value == null ? "required" : "must be a text");
    }
}
