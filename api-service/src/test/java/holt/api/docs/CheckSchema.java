package holt.api.docs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Checks a value against a schema of the document. Unlike JSON Schema, it reports fields that the schema does not name. */
final class CheckSchema {
    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private CheckSchema(JsonNode document) {
        this.document = document;
    }

    /** The faults with their paths, or an empty list. */
    static List<String> faults(JsonNode document, JsonNode schema, JsonNode value) {
        var check = new CheckSchema(document);
        check.check("", schema, value);
        return check.faults;
    }

    static JsonNode resolve(JsonNode document, JsonNode schema) {
        return schema.has("$ref")
                ? resolve(document, document.at(schema.get("$ref").asString().substring(1)))
                : schema;
    }

    private void check(String at, JsonNode reference, JsonNode value) {
        JsonNode schema = resolve(document, reference);
        if (schema.isMissingNode()) {
            faults.add(at + ": no such schema " + reference);
        }
        if (schema.has("anyOf")
                && schema.get("anyOf")
                        .valueStream()
                        .noneMatch(one -> faults(document, one, value).isEmpty())) {
            faults.add(at + ": " + value + " is none of " + schema.get("anyOf"));
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            faults.add(at + ": " + value + " instead of " + schema.get("const"));
        }
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
            faults.add(at + ": " + value + " is none of " + schema.get("enum"));
        }
        if (schema.has("type") && types(schema).noneMatch(type -> isOf(type, value))) {
            faults.add(at + ": " + value + " is no " + schema.get("type"));
        }
        if (value.isArray() && schema.has("items")) {
            value.valueStream().forEach(item -> check(at + "[]", schema.get("items"), item));
        }
        if (value.isObject() && !schema.has("anyOf")) {
            checkFields(at, schema, value);
        }
    }

    private void checkFields(String at, JsonNode schema, JsonNode value) {
        Set<String> known = new LinkedHashSet<>();
        List<JsonNode> parts =
                schema.has("allOf")
                        ? schema.get("allOf")
                                .valueStream()
                                .map(part -> resolve(document, part))
                                .toList()
                        : List.of(schema);
        for (JsonNode part : parts) {
            part.path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(name -> !value.has(name))
                    .forEach(name -> faults.add(at + "." + name + " is missing"));
            part.path("properties")
                    .properties()
                    .forEach(property -> {
                        known.add(property.getKey());
                        if (value.has(property.getKey())) {
                            check(
                                    at + "." + property.getKey(),
                                    property.getValue(),
                                    value.get(property.getKey()));
                        }
                    });
        }
        value.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(at + "." + name + " is not described"));
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        return type.isArray()
                ? type.valueStream().map(JsonNode::asString)
                : Stream.of(type.asString());
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(type);
        };
    }
}
