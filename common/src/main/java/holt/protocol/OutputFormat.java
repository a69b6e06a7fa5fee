package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of an answer. What it holds stays out of logs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface OutputFormat {
    /** Any JSON object. */
    @JsonTypeName("json_object")
    record JsonObject() implements OutputFormat {}

    /**
     * JSON that a schema allows.
     *
     * @param name for an engine that shows it to its model
     * @param schema a JSON Schema
     */
    @JsonTypeName("json_schema")
    record JsonSchema(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
            Map<String, Object> schema)
            implements OutputFormat {

        @Override
        public String toString() {
            return "JsonSchema";
        }
    }

    /** Text that matches a regular expression as a whole. */
    @JsonTypeName("regex")
    record Regex(String pattern) implements OutputFormat {

        @Override
        public String toString() {
            return "Regex";
        }
    }

    /** One of some texts. */
    @JsonTypeName("choice")
    record OneOf(List<String> texts) implements OutputFormat {
        public OneOf {
            texts = List.copyOf(texts);
        }

        @Override
        public String toString() {
            return "OneOf[" + texts.size() + "]";
        }
    }
}
