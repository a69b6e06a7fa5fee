package holt.engine.text.tools;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes JSON of arguments that are plain texts. The schema of the function's parameters tells their types. */
final class TypedArguments {
    private static final JsonMapper JSON = new JsonMapper();

    /** Templates spell these values as Python does, and so do models. */
    private static final Map<String, String> PYTHON =
            Map.of("True", "true", "False", "false", "None", "null");

    /** Where a schema tells no type. */
    private static final Set<String> UNKNOWN = Set.of("object", "array");

    private TypedArguments() {}

    /** @param parameters a JSON Schema of an object */
    static String json(Map<String, String> arguments, Map<?, ?> parameters) {
        Map<?, ?> properties =
                parameters.get("properties") instanceof Map<?, ?> named ? named : Map.of();
        return arguments.entrySet().stream()
                .map(argument ->
                        JSON.writeValueAsString(argument.getKey())
                                + ": "
                                + value(
                                        argument.getValue(),
                                        types(properties.get(argument.getKey()))))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The text itself where it is JSON of such a type, and otherwise a string. */
    private static String value(String text, Set<String> types) {
        String json = PYTHON.getOrDefault(text.strip(), text.strip());
        return types.contains(type(json)) ? json : JSON.writeValueAsString(text);
    }

    /** Empty if it is no JSON, and for a string: a string stands here without quotes. */
    private static String type(String json) {
        JsonNode value;
        try {
            value = JSON.readTree(json);
        } catch (JacksonException e) {
            return "";
        }
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING, BINARY, MISSING, POJO -> "";
        };
    }

    private static Set<String> types(@Nullable Object schema) {
        Set<String> types = new HashSet<>();
        if (schema instanceof Map<?, ?> fields) {
            if (fields.get("type") instanceof String type) {
                types.add(type);
            }
            for (String several : List.of("type", "anyOf", "oneOf")) {
                if (fields.get(several) instanceof List<?> branches) {
                    for (Object branch : branches) {
                        types.addAll(branch instanceof String type ? Set.of(type) : types(branch));
                    }
                }
            }
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types.isEmpty() ? UNKNOWN : types;
    }
}
