package holt.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The types of JSON Schema. */
final class Types {
    static final List<String> ALL =
            List.of("object", "array", "string", "integer", "number", "boolean", "null");

    private Types() {}

    /** The type of a value: integer also for a number such as 1.0. */
    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NULL, MISSING -> "null";
            case NUMBER ->
                    value.decimalValue().stripTrailingZeros().scale() <= 0 ? "integer" : "number";
        };
    }

    /** The types that a schema names, or else those that its keywords are about. Empty if there are none. */
    static List<String> declared(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isString()) {
            return List.of(type.asString());
        }
        if (type.isArray()) {
            return type.values().stream().map(each -> each.asString("")).distinct().toList();
        }
        List<String> types = new ArrayList<>();
        if (has(schema, Keywords.OF_OBJECTS)) {
            types.add("object");
        }
        if (has(schema, Keywords.OF_ARRAYS)) {
            types.add("array");
        }
        if (has(schema, Keywords.OF_STRINGS)) {
            types.add("string");
        }
        if (has(schema, Keywords.OF_NUMBERS)) {
            types.add("number");
        }
        return types;
    }

    private static boolean has(JsonNode schema, List<String> keywords) {
        return keywords.stream().anyMatch(schema::has);
    }
}
