package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.format.FormatConstraint;
import holt.grammar.CompileConstraint;
import holt.grammar.refusal.RefusedConstraintException;
import holt.protocol.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code response_format}, and vLLM's {@code structured_outputs} and {@code guided_*}. */
final class ParseFormat {
    private ParseFormat() {}

    /** Null if the answer may be any text. */
    static @Nullable OutputFormat parse(ChatRequest wire) {
        var formats = new ArrayList<OutputFormat>();
        add(formats, wire.responseFormat(), () -> responseFormat(wire.responseFormat()));
        if (wire.structuredOutputs() != null) {
            structuredOutputs(object("structured_outputs", wire.structuredOutputs()), formats);
        }
        add(formats, wire.guidedJson(), () -> schema(null, wire.guidedJson(), "guided_json"));
        add(formats, wire.guidedRegex(), () -> regex(wire.guidedRegex(), "guided_regex"));
        add(formats, wire.guidedChoice(), () -> oneOf(wire.guidedChoice(), "guided_choice"));
        refuseUnsupported("guided_grammar", wire.guidedGrammar() != null);
        if (formats.size() > 1) {
            throw invalid("response_format", "an answer can have one format only");
        }
        return formats.isEmpty() ? null : formats.getFirst();
    }

    private static void add(
            List<OutputFormat> formats,
            @Nullable Object wanted,
            Supplier<@Nullable OutputFormat> parse) {
        if (wanted != null) {
            OutputFormat format = parse.get();
            if (format != null) {
                formats.add(format);
            }
        }
    }

    private static @Nullable OutputFormat responseFormat(@Nullable Object wanted) {
        Map<String, Object> format = object("response_format", wanted);
        return switch (format.get("type") instanceof String type ? type : "") {
            case "", "text" -> null;
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> {
                Map<String, Object> named =
                        object("response_format.json_schema", format.get("json_schema"));
                yield schema(
                        named.get("name") instanceof String name ? name : null,
                        named.get("schema"),
                        "response_format.json_schema.schema");
            }
            default ->
                    throw invalid(
                            "response_format.type", "must be text, json_object or json_schema");
        };
    }

    private static void structuredOutputs(Map<String, Object> wanted, List<OutputFormat> formats) {
        String param = "structured_outputs";
        add(formats, wanted.get("json"), () -> schema(null, wanted.get("json"), param + ".json"));
        add(formats, wanted.get("regex"), () -> regex(wanted.get("regex"), param + ".regex"));
        add(formats, wanted.get("choice"), () -> oneOf(wanted.get("choice"), param + ".choice"));
        if (Boolean.TRUE.equals(wanted.get("json_object"))) {
            formats.add(new OutputFormat.JsonObject());
        }
        refuseUnsupported(param + ".grammar", wanted.get("grammar") != null);
        refuseUnsupported(param + ".structural_tag", wanted.get("structural_tag") != null);
    }

    private static OutputFormat schema(
            @Nullable String name, @Nullable Object schema, String param) {
        return checked(new OutputFormat.JsonSchema(name, object(param, schema)), param);
    }

    /** Refuses what the embedded engine cannot hold an answer to. */
    private static OutputFormat checked(OutputFormat format, String param) {
        try {
            CompileConstraint.compile(FormatConstraint.of(format));
            return format;
        } catch (RefusedConstraintException e) {
            throw invalid(param, String.valueOf(e.getMessage()));
        }
    }

    private static OutputFormat regex(@Nullable Object pattern, String param) {
        if (!(pattern instanceof String text) || text.isEmpty()) {
            throw invalid(param, "must be a regular expression");
        }
        return checked(new OutputFormat.Regex(text), param);
    }

    private static OutputFormat oneOf(@Nullable Object choices, String param) {
        if (!(choices instanceof List<?> list) || list.isEmpty()) {
            throw invalid(param, "must be an array of strings, and not empty");
        }
        var texts = new ArrayList<String>();
        for (Object choice : list) {
            if (!(choice instanceof String text) || text.isEmpty()) {
                throw invalid(param, "must have non-empty strings only");
            }
            texts.add(text);
        }
        return checked(new OutputFormat.OneOf(texts), param);
    }
}
