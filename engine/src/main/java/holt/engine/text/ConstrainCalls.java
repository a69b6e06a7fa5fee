package holt.engine.text;

import holt.engine.text.constraint.Constraints;
import holt.engine.text.tools.CallSyntax;
import holt.grammar.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the completions of a request must be, with its tools. A required call is one call in the syntax of the model. A request with a constraint
 * of its own may also call a tool instead.
 */
final class ConstrainCalls {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, ?> ANY_OBJECT = Map.of("type", "object");

    private final CallSyntax syntax;
    private final Constraints constraints;

    /** @param syntax of the model's calls */
    ConstrainCalls(CallSyntax syntax, Constraints constraints) {
        this.syntax = syntax;
        this.constraints = constraints;
    }

    /** Null if a completion may be any text. */
    @Nullable Constraint of(TextRequest request) {
        Constraint own = request.constraint();
        return switch (request.toolChoice()) {
            case ToolChoice.None _ -> own;
            case ToolChoice.Auto _ -> {
                if (own == null || request.tools().isEmpty()) {
                    yield own;
                }
                List<Constraint> forms = calls(request, null);
                forms.add(own);
                yield new Constraint.Either(forms);
            }
            case ToolChoice.Required _ -> new Constraint.Either(calls(request, null));
            case ToolChoice.Named(String function) ->
                    new Constraint.Either(calls(request, function));
        };
    }

    private List<Constraint> calls(TextRequest request, @Nullable String only) {
        var calls = new ArrayList<Constraint>();
        for (Map<String, @Nullable Object> tool : request.tools()) {
            if (tool.get("function") instanceof Map<?, ?> function
                    && function.get("name") instanceof String name
                    && (only == null || only.equals(name))) {
                calls.add(
                        new Constraint.Framed(
                                syntax.prefix(name),
                                call(name, function.get("parameters")),
                                syntax.suffix()));
            }
        }
        return calls;
    }

    /** A tool's schema that is not supported counts as any object: the tool checks its arguments itself. */
    private Constraint call(String name, @Nullable Object parameters) {
        Constraint.JsonSchema exact = schema(name, parameters == null ? ANY_OBJECT : parameters);
        return constraints.supports(exact) ? exact : schema(name, ANY_OBJECT);
    }

    private Constraint.JsonSchema schema(String name, Object parameters) {
        String key = syntax.argumentsKey();
        if (key == null) {
            return new Constraint.JsonSchema(JSON.writeValueAsString(parameters));
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put("name", Map.of("const", name));
        properties.put(key, moved(parameters, "#/properties/" + key));
        return new Constraint.JsonSchema(
                JSON.writeValueAsString(
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                properties,
                                "required",
                                List.of("name", key),
                                "additionalProperties",
                                false)));
    }

    /** The schema with its references adapted to another place in the document. */
    private static @Nullable Object moved(@Nullable Object schema, String place) {
        return switch (schema) {
            case Map<?, ?> fields -> {
                var moved = new LinkedHashMap<Object, @Nullable Object>();
                fields.forEach((key, value) ->
                        moved.put(
                                key,
                                "$ref".equals(key)
                                                && value instanceof String target
                                                && target.startsWith("#")
                                        ? place + target.substring(1)
                                        : moved(value, place)));
                yield moved;
            }
            case List<?> items -> {
                var moved = new ArrayList<@Nullable Object>();
                items.forEach(item -> moved.add(moved(item, place)));
                yield moved;
            }
            case null, default -> schema;
        };
    }
}
