package holt.grammar.schema;

import holt.grammar.refusal.RefusedConstraintException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Finds what a {@code $ref} means. Only parts of the same document can be meant. */
final class References {
    private final JsonNode document;

    References(JsonNode document) {
        this.document = document;
    }

    /** The pointer of a schema's {@code $ref}, without its number sign. */
    static String target(JsonNode schema, String pointer) {
        JsonNode ref = schema.path("$ref");
        String text = ref.isString() ? ref.asString() : "";
        if (!text.equals("#") && !text.startsWith("#/")) {
            throw new RefusedConstraintException(
                    pointer + "/$ref",
                    "only references within the schema are supported, such as #/$defs/name");
        }
        return URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    JsonNode at(String target, String pointer) {
        JsonNode found = document.at(JsonPointer.compile(target));
        if (found.isMissingNode()) {
            throw new RefusedConstraintException(
                    pointer + "/$ref", "#" + target + " does not exist");
        }
        return found;
    }

    /** The schema itself, or what its {@code $ref} means if it has nothing else. */
    JsonNode resolved(JsonNode schema, String pointer) {
        JsonNode at = schema;
        Set<String> seen = new HashSet<>();
        while (isPlain(at)) {
            String target = target(at, pointer);
            if (!seen.add(target)) {
                throw new RefusedConstraintException(
                        pointer + "/$ref", "the references go round in a circle");
            }
            at = at(target, pointer);
        }
        return at;
    }

    /** Whether a schema is a {@code $ref} and nothing else. */
    static boolean isPlain(JsonNode schema) {
        return schema.has("$ref")
                && schema.propertyNames().stream()
                        .allMatch(name -> name.equals("$ref") || Keywords.isAnnotation(name));
    }
}
