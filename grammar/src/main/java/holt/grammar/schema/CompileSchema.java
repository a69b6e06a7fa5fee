package holt.grammar.schema;

import holt.grammar.automaton.Literal;
import holt.grammar.automaton.Rule;
import holt.grammar.refusal.Budget;
import holt.grammar.refusal.RefusedConstraintException;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.Regex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the rules of one schema. Combinators are resolved here; {@link CompileTypes} has the types. */
public final class CompileSchema {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CHARACTERS = 128 * 1024;
    private static final int MOST_NESTED = 64;

    private final Budget budget;
    private final References references;
    private final Disjoint disjoint;
    private final CompileTypes types;
    private final Map<String, Rule> referred = new HashMap<>(); // by pointer
    private final Deque<String> open = new ArrayDeque<>(); // referred, but not compiled yet
    private int depth;

    private CompileSchema(JsonNode document, Budget budget) {
        this.budget = budget;
        this.references = new References(document);
        this.disjoint = new Disjoint(references);
        this.types = new CompileTypes(this::rule, budget);
    }

    /**
     * The texts of valid values.
     *
     * @throws RefusedConstraintException if the schema is invalid, unsupported or too large
     */
    public static Rule rule(String schema, Budget budget) {
        if (schema.length() > MOST_CHARACTERS) {
            throw new RefusedConstraintException(
                    "", "the schema has more than %d characters".formatted(MOST_CHARACTERS));
        }
        JsonNode document;
        try {
            document = JSON.readTree(schema);
        } catch (JacksonException e) {
            throw new RefusedConstraintException("", "the schema is no JSON, or nested too deeply");
        }
        return new CompileSchema(document, budget).compile();
    }

    /** The texts of all objects. */
    public static Rule anyObject() {
        return new AnyJson().object();
    }

    private Rule compile() {
        Rule root = reference("", "");
        while (!open.isEmpty()) {
            String target = open.pop();
            Rule rule = referred.get(target);
            JsonNode schema = references.at(target, target);
            if (rule != null) {
                rule.start().call(rule(schema, target), rule.end());
            }
        }
        return root;
    }

    private Rule reference(String target, String pointer) {
        references.at(target, pointer);
        return referred.computeIfAbsent(
                target,
                each -> {
                    open.push(each);
                    return new Rule(each);
                });
    }

    /** The rule of a schema that stands at a pointer. */
    private Rule rule(JsonNode schema, String pointer) {
        if (++depth > MOST_NESTED) {
            throw new RefusedConstraintException(
                    pointer, "nested deeper than %d levels".formatted(MOST_NESTED));
        }
        budget.enter(pointer);
        budget.spend(8);
        Keywords.check(schema, pointer);
        Rule rule =
                switch (schema) {
                    case ObjectNode object -> ofObject(object, pointer);
                    default -> {
                        if (!schema.asBoolean()) {
                            throw new RefusedConstraintException(
                                    pointer, "the schema false allows nothing");
                        }
                        yield types.anything();
                    }
                };
        depth--;
        return rule;
    }

    private Rule ofObject(ObjectNode schema, String pointer) {
        if (Keywords.saysNothing(schema)) {
            return types.anything();
        }
        if (References.isPlain(schema)) {
            return reference(References.target(schema, pointer), pointer);
        }
        if (schema.has("$ref")) {
            ObjectNode rest = schema.deepCopy();
            rest.remove("$ref");
            JsonNode target = references.at(References.target(schema, pointer), pointer);
            return rule(merge(rest, target, pointer), pointer);
        }
        if (schema.has("allOf")) {
            return allOf(schema, pointer);
        }
        if (schema.has("anyOf")) {
            return oneOfSeveral(schema, "anyOf", pointer);
        }
        if (schema.has("oneOf")) {
            return oneOfSeveral(schema, "oneOf", pointer);
        }
        if (schema.has("const")) {
            return constants(schema, List.of(schema.get("const")), pointer);
        }
        if (schema.has("enum")) {
            return constants(schema, list(schema, "enum", pointer), pointer);
        }
        return types.rule(schema, pointer);
    }

    private Rule allOf(ObjectNode schema, String pointer) {
        List<JsonNode> parts = list(schema, "allOf", pointer);
        ObjectNode all = schema.deepCopy();
        all.remove("allOf");
        if (Keywords.saysNothing(all) && parts.size() == 1) {
            return rule(parts.getFirst(), pointer + "/allOf/0");
        }
        JsonNode merged = all;
        for (int i = 0; i < parts.size(); i++) {
            merged = merge(merged, parts.get(i), pointer + "/allOf/" + i);
        }
        return rule(merged, pointer);
    }

    private JsonNode merge(JsonNode a, JsonNode b, String pointer) {
        Keywords.check(b, pointer);
        JsonNode theirs = references.resolved(b, pointer);
        budget.spend(16 + a.size() + theirs.size());
        budget.spend(a.toString().length() / 8);
        if (Keywords.saysNothing(theirs)) {
            return a;
        }
        if (a instanceof ObjectNode first && theirs instanceof ObjectNode second) {
            return new MergeSchemas(pointer).merge(first, second);
        }
        throw new RefusedConstraintException(pointer, "the schema false allows nothing");
    }

    private Rule oneOfSeveral(ObjectNode schema, String keyword, String pointer) {
        List<JsonNode> branches = list(schema, keyword, pointer);
        ObjectNode base = schema.deepCopy();
        base.remove(keyword);
        if (keyword.equals("oneOf")) {
            refuseOverlap(branches, pointer + "/oneOf");
        }
        Rule rule = new Rule(pointer);
        for (int i = 0; i < branches.size(); i++) {
            String place = pointer + "/" + keyword + "/" + i;
            JsonNode branch = branches.get(i);
            Keywords.check(branch, place);
            if (branch.isBoolean() && !branch.asBoolean()) {
                continue;
            }
            JsonNode whole = Keywords.saysNothing(base) ? branch : merge(base, branch, place);
            rule.start().call(rule(whole, place), rule.end());
        }
        return rule;
    }

    private void refuseOverlap(List<JsonNode> branches, String pointer) {
        for (int i = 0; i < branches.size(); i++) {
            for (int j = 0; j < i; j++) {
                budget.spend(64);
                if (!disjoint.are(branches.get(j), branches.get(i), pointer)) {
                    throw new RefusedConstraintException(
                            pointer,
                            "branches %d and %d must differ by type, or by the const or enum of a required property; write anyOf"
                                    .formatted(j, i));
                }
            }
        }
    }

    private Rule constants(ObjectNode schema, List<JsonNode> values, String pointer) {
        List<String> allowed = Types.declared(schema);
        for (String keyword : schema.propertyNames()) {
            if (!Keywords.isAnnotation(keyword)
                    && !List.of("type", "enum", "const").contains(keyword)) {
                throw new RefusedConstraintException(
                        pointer + "/" + keyword, "not supported together with enum or const");
            }
        }
        List<JsonNode> others = schema.has("enum") ? list(schema, "enum", pointer) : values;
        List<Regex> texts = new ArrayList<>();
        for (JsonNode value : values) {
            String type = Types.of(value);
            boolean fits =
                    allowed.isEmpty()
                            || allowed.contains(type)
                            || (type.equals("integer") && allowed.contains("number"));
            if (fits && others.contains(value)) {
                texts.add(Regex.literal(value.toString()));
            }
        }
        if (texts.isEmpty()) {
            throw new RefusedConstraintException(pointer, "no value is allowed");
        }
        if (values.size() == 1) {
            return Rule.of(pointer, new Literal(values.getFirst().toString()));
        }
        return Rule.of(pointer, Dfas.of(new Regex.Either(texts), budget));
    }

    private static List<JsonNode> list(ObjectNode schema, String keyword, String pointer) {
        if (schema.get(keyword) instanceof ArrayNode array && !array.isEmpty()) {
            return new ArrayList<>(array.values());
        }
        throw new RefusedConstraintException(
                pointer + "/" + keyword, "must be an array that is not empty");
    }
}
