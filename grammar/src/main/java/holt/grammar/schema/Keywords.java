package holt.grammar.schema;

import holt.grammar.refusal.RefusedConstraintException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The keywords that this package understands, and those that say nothing about validity. */
final class Keywords {
    static final List<String> OF_OBJECTS =
            List.of("properties", "required", "additionalProperties");
    static final List<String> OF_ARRAYS = List.of("items", "prefixItems", "minItems", "maxItems");
    static final List<String> OF_STRINGS = List.of("minLength", "maxLength", "pattern", "format");
    static final List<String> OF_NUMBERS =
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private static final Set<String> OTHERS =
            Set.of("type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref");
    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "title",
                    "description",
                    "default",
                    "examples",
                    "example",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "discriminator",
                    "contentEncoding",
                    "contentMediaType",
                    "$schema",
                    "$id",
                    "$comment",
                    "$defs",
                    "definitions");

    private Keywords() {}

    /** Whether a keyword changes which texts are valid. */
    static boolean isAnnotation(String keyword) {
        return ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
    }

    /** Whether a schema has no keyword that changes anything. */
    static boolean saysNothing(JsonNode schema) {
        return schema.isBoolean()
                ? schema.asBoolean()
                : schema.propertyNames().stream().allMatch(Keywords::isAnnotation);
    }

    /** Refuses a schema that is none, or that has an unknown keyword. */
    static void check(JsonNode schema, String pointer) {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw new RefusedConstraintException(
                    pointer, "a schema must be an object or a boolean");
        }
        for (String keyword : schema.propertyNames()) {
            boolean known =
                    isAnnotation(keyword)
                            || OTHERS.contains(keyword)
                            || OF_OBJECTS.contains(keyword)
                            || OF_ARRAYS.contains(keyword)
                            || OF_STRINGS.contains(keyword)
                            || OF_NUMBERS.contains(keyword);
            if (!known) {
                throw new RefusedConstraintException(
                        pointer + "/" + escape(keyword), "the keyword is not supported");
            }
        }
    }

    /** A name as a part of a JSON pointer. */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
