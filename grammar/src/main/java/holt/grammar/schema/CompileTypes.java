package holt.grammar.schema;

import holt.grammar.automaton.JsonString;
import holt.grammar.automaton.Lexeme;
import holt.grammar.automaton.Literal;
import holt.grammar.automaton.Rule;
import holt.grammar.refusal.Budget;
import holt.grammar.refusal.RefusedConstraintException;
import holt.grammar.regex.CharSet;
import holt.grammar.regex.Dfa;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.ParseRegex;
import holt.grammar.regex.Regex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the rules of values of one type. */
final class CompileTypes {
    private final BiFunction<JsonNode, String, Rule> compile; // a schema at a pointer
    private final Budget budget;
    private final AnyJson any = new AnyJson();

    CompileTypes(BiFunction<JsonNode, String, Rule> compile, Budget budget) {
        this.compile = compile;
        this.budget = budget;
    }

    /** Any value. */
    Rule anything() {
        return any.value();
    }

    /** A value of one of the schema's types. */
    Rule rule(ObjectNode schema, String pointer) {
        Rule rule = new Rule(pointer);
        for (String type : Types.declared(schema)) {
            switch (type) {
                case "object" -> object(schema, pointer, rule);
                case "array" -> array(schema, pointer, rule);
                case "string" -> rule.start().write(string(schema, pointer), rule.end());
                case "integer", "number" ->
                        rule.start().write(number(schema, type, pointer), rule.end());
                case "boolean" -> {
                    rule.start().write(new Literal("true"), rule.end());
                    rule.start().write(new Literal("false"), rule.end());
                }
                case "null" -> rule.start().write(new Literal("null"), rule.end());
                default ->
                        throw new RefusedConstraintException(
                                pointer + "/type", "must be one or more of " + Types.ALL);
            }
        }
        return rule;
    }

    private void object(ObjectNode schema, String pointer, Rule rule) {
        if (Keywords.OF_OBJECTS.stream().noneMatch(schema::has)) {
            rule.start().call(any.object(), rule.end());
            return;
        }
        JsonNode named = schema.path("properties");
        if (schema.has("properties") && !named.isObject()) {
            throw new RefusedConstraintException(pointer + "/properties", "must be an object");
        }
        Set<String> required = required(schema, pointer);
        JsonNode others = schema.path("additionalProperties");
        boolean open = schema.has("additionalProperties") ? !isFalse(others) : named.isEmpty();
        Set<String> names = new LinkedHashSet<>(named.propertyNames());
        names.addAll(required);
        List<Containers.Property> properties = new ArrayList<>();
        for (String name : names) {
            JsonNode value = named.has(name) ? named.get(name) : others;
            String place =
                    named.has(name)
                            ? pointer + "/properties/" + Keywords.escape(name)
                            : pointer + "/additionalProperties";
            if (isFalse(value)) {
                if (required.contains(name)) {
                    throw new RefusedConstraintException(
                            place, "the required property " + name + " is not allowed");
                }
                continue;
            }
            Rule values = value.isMissingNode() ? anything() : compile.apply(value, place);
            properties.add(new Containers.Property(quote(name), values, required.contains(name)));
        }
        Containers.Others rest = null;
        if (open) {
            budget.enter(pointer);
            Lexeme key =
                    names.isEmpty()
                            ? new JsonString(0, JsonString.UNBOUNDED)
                            : JsonText.keyExcept(List.copyOf(names), budget);
            Rule value =
                    others.isMissingNode()
                            ? anything()
                            : compile.apply(others, pointer + "/additionalProperties");
            rest = new Containers.Others(key, value);
        }
        Rule object = new Rule(pointer);
        Containers.object(object, properties, rest, budget);
        rule.start().call(object, rule.end());
    }

    private static Set<String> required(ObjectNode schema, String pointer) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : schema.path("required")) {
            if (!name.isString()) {
                throw new RefusedConstraintException(
                        pointer + "/required", "must be an array of strings");
            }
            names.add(name.asString());
        }
        return names;
    }

    private void array(ObjectNode schema, String pointer, Rule rule) {
        List<Rule> first = new ArrayList<>();
        for (JsonNode item : schema.path("prefixItems")) {
            first.add(compile.apply(item, pointer + "/prefixItems/" + first.size()));
        }
        JsonNode items = schema.path("items");
        if (items.isArray()) {
            throw new RefusedConstraintException(
                    pointer + "/items", "must be a schema; write a list of schemas as prefixItems");
        }
        Rule rest = null;
        if (items.isMissingNode() ? first.isEmpty() : !isFalse(items)) {
            rest = items.isMissingNode() ? anything() : compile.apply(items, pointer + "/items");
        }
        int least = count(schema, "minItems", 0, pointer);
        int most = count(schema, "maxItems", -1, pointer);
        if ((most >= 0 && least > most) || (rest == null && least > first.size())) {
            throw new RefusedConstraintException(
                    pointer + "/minItems", "more than the array can have");
        }
        budget.enter(pointer);
        Rule array = new Rule(pointer);
        Containers.array(array, first, rest, least, most, budget);
        rule.start().call(array, rule.end());
    }

    private Lexeme string(ObjectNode schema, String pointer) {
        int least = count(schema, "minLength", 0, pointer);
        int most = count(schema, "maxLength", JsonString.UNBOUNDED, pointer);
        if (most >= 0 && least > most) {
            throw new RefusedConstraintException(pointer + "/minLength", "more than maxLength");
        }
        if (!schema.has("pattern") && !schema.has("format")) {
            return new JsonString(least, most);
        }
        budget.enter(pointer);
        List<Dfa> all = new ArrayList<>();
        if (schema.has("format")) {
            all.add(format(schema, pointer));
        }
        if (schema.has("pattern")) {
            String expression = text(schema, "pattern", pointer);
            all.add(contents(ParseRegex.search(expression, pointer + "/pattern")));
        }
        if (schema.has("minLength") || schema.has("maxLength")) {
            all.add(contents(new Regex.Repeat(new Regex.Chars(CharSet.ALL), least, most)));
        }
        Dfa both = all.stream().reduce((a, b) -> Dfas.both(a, b, budget)).orElseThrow();
        if (both.isEmpty()) {
            throw new RefusedConstraintException(pointer, "no string is valid here");
        }
        return both;
    }

    private Dfa contents(Regex content) {
        return Dfas.of(JsonText.string(content), budget);
    }

    private static Dfa format(ObjectNode schema, String pointer) {
        String format = text(schema, "format", pointer);
        if (!Formats.isKnown(format)) {
            throw new RefusedConstraintException(
                    pointer + "/format",
                    "the format %s is not supported; use one of %s"
                            .formatted(format, Formats.names()));
        }
        return Formats.strings(format);
    }

    private Lexeme number(ObjectNode schema, String type, String pointer) {
        budget.enter(pointer);
        boolean whole = type.equals("integer");
        if (Keywords.OF_NUMBERS.stream().noneMatch(schema::has)) {
            return whole ? AnyJson.INTEGER : AnyJson.NUMBER;
        }
        Regex regex = new ReadBounds(schema, pointer).numbers(whole);
        Dfa dfa = Dfas.of(regex, budget);
        if (dfa.isEmpty()) {
            throw new RefusedConstraintException(pointer, "no number is within the bounds");
        }
        return dfa;
    }

    private static int count(ObjectNode schema, String keyword, int absent, String pointer) {
        JsonNode count = schema.path(keyword);
        if (count.isMissingNode()) {
            return absent;
        }
        boolean valid = count.isNumber() && Types.of(count).equals("integer");
        if (!valid || count.decimalValue().signum() < 0) {
            throw new RefusedConstraintException(
                    pointer + "/" + keyword, "must be a whole number, at least 0");
        }
        if (count.decimalValue().intValueExact() > JsonString.MOST) {
            throw new RefusedConstraintException(pointer + "/" + keyword, "too large");
        }
        return count.decimalValue().intValueExact();
    }

    private static String text(ObjectNode schema, String keyword, String pointer) {
        if (!schema.get(keyword).isString()) {
            throw new RefusedConstraintException(pointer + "/" + keyword, "must be a string");
        }
        return schema.get(keyword).asString();
    }

    private static boolean isFalse(JsonNode schema) {
        return schema.isBoolean() && !schema.asBoolean();
    }

    /** As JSON writes a string. */
    private static String quote(String text) {
        return tools.jackson.databind.node.StringNode.valueOf(text).toString();
    }
}
