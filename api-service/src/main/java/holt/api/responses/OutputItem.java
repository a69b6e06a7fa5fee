package holt.api.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.http.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An item of a response's output. */
sealed interface OutputItem {
    String COMPLETED = "completed";
    String IN_PROGRESS = "in_progress";

    String id();

    /** What the model wrote for its client. */
    record Message(String type, String id, String status, String role, List<Text> content)
            implements OutputItem {}

    /** What the model thought before. */
    record Reasoning(
            String type, String id, String status, List<Object> summary, List<Thought> content)
            implements OutputItem {}

    /** A call of a function. */
    record FunctionCall(
            String type,
            String id,
            String status,
            String callId,
            String name,
            String arguments,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String namespace)
            implements OutputItem {}

    /** A call of a custom tool. */
    record CustomCall(
            String type, String id, String status, String callId, String name, String input)
            implements OutputItem {}

    /** A part of a message. */
    record Text(
            String type, String text, List<Object> annotations, List<ResponseLogprob> logprobs) {
        static Text of(String text, List<ResponseLogprob> logprobs) {
            return new Text("output_text", text, List.of(), logprobs);
        }
    }

    /** A part of a reasoning item. */
    record Thought(String type, String text) {
        static Thought of(String text) {
            return new Thought("reasoning_text", text);
        }
    }

    static OutputItem message(
            String id, String text, List<ResponseLogprob> logprobs, boolean done) {
        return new Message(
                "message",
                "msg_" + id,
                done ? COMPLETED : IN_PROGRESS,
                "assistant",
                done ? List.of(Text.of(text, logprobs)) : List.of());
    }

    static OutputItem reasoning(String id, String text, boolean done) {
        return new Reasoning(
                "reasoning",
                "rs_" + id,
                done ? COMPLETED : IN_PROGRESS,
                List.of(),
                done ? List.of(Thought.of(text)) : List.of());
    }

    static OutputItem call(
            String id, String callId, ToolNames.Tool tool, String arguments, boolean done) {
        String status = done ? COMPLETED : IN_PROGRESS;
        return tool.custom()
                ? new CustomCall(
                        "custom_tool_call",
                        "ctc_" + id,
                        status,
                        callId,
                        tool.name(),
                        done ? input(arguments) : "")
                : new FunctionCall(
                        "function_call",
                        "fc_" + id,
                        status,
                        callId,
                        tool.name(),
                        done ? arguments : "",
                        tool.namespace());
    }

    /** The text in the arguments of a custom tool's function. What is not of that form is the text itself. */
    private static String input(String arguments) {
        try {
            return Json.MAPPER.readValue(arguments, Map.class).get("input") instanceof String text
                    ? text
                    : arguments;
        } catch (JacksonException e) {
            return arguments;
        }
    }
}
