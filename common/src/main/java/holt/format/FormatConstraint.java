package holt.format;

import holt.grammar.Constraint;
import holt.protocol.OutputFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The constraint to which the embedded engine holds an answer. */
public final class FormatConstraint {
    private static final JsonMapper JSON = new JsonMapper();

    private FormatConstraint() {}

    public static Constraint of(OutputFormat format) {
        return switch (format) {
            case OutputFormat.JsonObject _ -> new Constraint.JsonObject();
            case OutputFormat.JsonSchema(_, Map<String, Object> schema) ->
                    new Constraint.JsonSchema(JSON.writeValueAsString(schema));
            case OutputFormat.Regex(String pattern) -> new Constraint.Regex(pattern);
            case OutputFormat.OneOf(List<String> texts) -> new Constraint.Choice(texts);
        };
    }
}
