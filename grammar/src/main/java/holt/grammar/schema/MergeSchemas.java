package holt.grammar.schema;

import holt.grammar.refusal.RefusedConstraintException;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One schema that is as strict as two. What both say about a property or an item becomes an {@code allOf} there. */
final class MergeSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String pointer;

    /** @param pointer for refusals */
    MergeSchemas(String pointer) {
        this.pointer = pointer;
    }

    ObjectNode merge(ObjectNode a, ObjectNode b) {
        ObjectNode all = a.deepCopy();
        properties(a, b, all);
        for (String keyword : b.propertyNames()) {
            JsonNode theirs = b.get(keyword);
            JsonNode ours = a.get(keyword);
            if (Keywords.isAnnotation(keyword)
                    || keyword.equals("properties")
                    || keyword.equals("additionalProperties")) {
                continue;
            }
            all.set(keyword, ours == null ? theirs : merge(keyword, ours, theirs));
        }
        return all;
    }

    private JsonNode merge(String keyword, JsonNode a, JsonNode b) {
        if (a.equals(b)) {
            return a;
        }
        return switch (keyword) {
            case "required" -> union(a, b);
            case "enum" -> filter(a, b);
            case "type" -> types(a, b);
            case "minLength", "minItems", "minimum", "exclusiveMinimum" ->
                    decimal(a).compareTo(decimal(b)) >= 0 ? a : b;
            case "maxLength", "maxItems", "maximum", "exclusiveMaximum" ->
                    decimal(a).compareTo(decimal(b)) <= 0 ? a : b;
            case "items" -> both(a, b);
            default ->
                    throw new RefusedConstraintException(
                            pointer,
                            "several schemas with different " + keyword + " for one value");
        };
    }

    /** Merges the properties. A schema's additionalProperties hold for those that only the other schema names. */
    private void properties(ObjectNode a, ObjectNode b, ObjectNode into) {
        JsonNode ours = a.path("properties");
        JsonNode theirs = b.path("properties");
        if (!ours.isObject() && !theirs.isObject() && !b.has("additionalProperties")) {
            return;
        }
        Set<String> names = new LinkedHashSet<>(ours.propertyNames());
        names.addAll(theirs.propertyNames());
        ObjectNode merged = JSON.objectNode();
        for (String name : names) {
            JsonNode first = ours.has(name) ? ours.get(name) : others(a);
            JsonNode second = theirs.has(name) ? theirs.get(name) : others(b);
            merged.set(name, both(first, second));
        }
        if (!names.isEmpty()) {
            into.set("properties", merged);
        }
        if (a.has("additionalProperties") || b.has("additionalProperties")) {
            into.set("additionalProperties", both(others(a), others(b)));
        }
    }

    private static JsonNode others(ObjectNode schema) {
        return schema.has("additionalProperties")
                ? schema.get("additionalProperties")
                : JSON.booleanNode(true);
    }

    private static JsonNode both(JsonNode a, JsonNode b) {
        if (a.isBoolean() || a.equals(b)) {
            return !a.isBoolean() || a.asBoolean() ? b : a;
        }
        if (b.isBoolean()) {
            return b.asBoolean() ? a : b;
        }
        return JSON.objectNode().set("allOf", JSON.arrayNode().add(a).add(b));
    }

    private static ArrayNode union(JsonNode a, JsonNode b) {
        ArrayNode all = JSON.arrayNode();
        Set<JsonNode> known = new LinkedHashSet<>(a.values());
        known.addAll(b.values());
        known.forEach(all::add);
        return all;
    }

    private static ArrayNode filter(JsonNode a, JsonNode b) {
        ArrayNode both = JSON.arrayNode();
        a.values().stream().filter(b.values()::contains).forEach(both::add);
        return both;
    }

    private ArrayNode types(JsonNode a, JsonNode b) {
        Set<String> common = new TreeSet<>();
        for (String one : names(a)) {
            for (String other : names(b)) {
                if (one.equals(other) || (one.equals("integer") && other.equals("number"))) {
                    common.add(one);
                } else if (one.equals("number") && other.equals("integer")) {
                    common.add(other);
                }
            }
        }
        if (common.isEmpty()) {
            throw new RefusedConstraintException(pointer, "no type is allowed by all schemas");
        }
        ArrayNode types = JSON.arrayNode();
        common.forEach(types::add);
        return types;
    }

    private static Set<String> names(JsonNode type) {
        return type.isArray()
                ? type.values().stream().map(each -> each.asString("")).collect(Collectors.toSet())
                : Set.of(type.asString(""));
    }

    private BigDecimal decimal(JsonNode bound) {
        if (!bound.isNumber()) {
            throw new RefusedConstraintException(pointer, "a bound must be a number");
        }
        return bound.decimalValue();
    }
}
