package holt.api.fields;

import static holt.api.fields.Fields.invalid;

import holt.api.http.body.FormPart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a form by field name, in any order. A list's name may end with {@code []}. */
public final class FormFields {
    private final Map<String, List<byte[]>> parts;

    public FormFields(List<FormPart> form) {
        parts =
                form.stream()
                        .collect(
                                Collectors.groupingBy(
                                        FormFields::field,
                                        LinkedHashMap::new,
                                        Collectors.mapping(FormPart::bytes, Collectors.toList())));
    }

    /** All parts of that field, or null if there are none. */
    public @Nullable List<byte[]> all(String name) {
        return parts.get(name);
    }

    /** The text of the field's only part, or null if there is none or it is empty. */
    public @Nullable String text(String name) {
        List<byte[]> all = parts.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw invalid(name, "must have one value");
        }
        String text = all.isEmpty() ? "" : decode(name, all.getFirst());
        return text.isEmpty() ? null : text;
    }

    public @Nullable Long integer(String name) {
        String text = text(name);
        try {
            return text == null ? null : Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(name, "must be an integer");
        }
    }

    public @Nullable Double number(String name) {
        String text = text(name);
        try {
            return text == null ? null : Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(name, "must be a number");
        }
    }

    public @Nullable Boolean bool(String name) {
        return switch (text(name)) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "must be true or false");
        };
    }

    private static String field(FormPart part) {
        String name = part.name();
        return name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw invalid(name, "must be UTF-8");
        }
    }
}
