package holt.grammar.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether no value is valid for two schemas: by their types, their constants, or those of a property that both require. */
final class Disjoint {
    private final References references;

    Disjoint(References references) {
        this.references = references;
    }

    boolean are(JsonNode a, JsonNode b, String pointer) {
        JsonNode first = references.resolved(a, pointer);
        JsonNode second = references.resolved(b, pointer);
        List<JsonNode> ours = values(first);
        List<JsonNode> theirs = values(second);
        if (ours != null && theirs != null) {
            return ours.stream().noneMatch(theirs::contains);
        }
        Set<String> types = types(first, ours);
        Set<String> otherTypes = types(second, theirs);
        if (!types.isEmpty() && !otherTypes.isEmpty()) {
            if (types.stream().noneMatch(otherTypes::contains)) {
                return true;
            }
        }
        return types.equals(Set.of("object"))
                && otherTypes.equals(Set.of("object"))
                && required(first).stream()
                        .filter(required(second)::contains)
                        .anyMatch(name -> differ(first, second, name, pointer));
    }

    private boolean differ(JsonNode a, JsonNode b, String property, String pointer) {
        JsonNode ours = a.path("properties").path(property);
        JsonNode theirs = b.path("properties").path(property);
        if (ours.isMissingNode() || theirs.isMissingNode()) {
            return false;
        }
        List<JsonNode> values = values(references.resolved(ours, pointer));
        List<JsonNode> others = values(references.resolved(theirs, pointer));
        return values != null && others != null && values.stream().noneMatch(others::contains);
    }

    private static @Nullable List<JsonNode> values(JsonNode schema) {
        if (schema.has("const")) {
            return List.of(schema.get("const"));
        }
        return schema.path("enum").isArray() ? new ArrayList<>(schema.get("enum").values()) : null;
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new HashSet<>();
        schema.path("required").forEach(name -> names.add(name.asString("")));
        return names;
    }

    private static Set<String> types(JsonNode schema, @Nullable List<JsonNode> values) {
        Set<String> types = new HashSet<>();
        if (values != null) {
            values.forEach(value -> types.add(Types.of(value)));
        } else {
            types.addAll(Types.declared(schema));
        }
        if (types.remove("integer")) {
            types.add("number");
        }
        return types;
    }
}
