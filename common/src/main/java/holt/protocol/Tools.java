package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a model may call. They stay out of logs.
 *
 * @param functions OpenAI's tool objects as the client sent them: {@code {"type":"function","function":{...}}}
 * @param choice whether the model must call one
 * @param only the name of the one function to call; null: any
 * @param parallel whether one answer may have several calls
 */
public record Tools(
        List<Map<String, Object>> functions,
        Choice choice,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String only,
        boolean parallel) {
    public Tools {
        functions = List.copyOf(functions);
    }

    /** Whether the model calls a tool. */
    public enum Choice {
        /** The model decides. */
        @JsonProperty("auto")
        AUTO,
        /** It calls none. */
        @JsonProperty("none")
        NONE,
        /** It calls at least one. */
        @JsonProperty("required")
        REQUIRED
    }

    @Override
    public String toString() {
        return "Tools[" + functions.size() + ", " + choice + "]";
    }
}
