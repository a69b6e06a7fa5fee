package holt.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Reply;
import holt.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A tool call in OpenAI's shape: whole, or a fragment of a stream. Only the first fragment of a call has its id, type and name.
 *
 * @param index of the call in its answer; null in a whole answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolCallJson(
        @Nullable Integer index, @Nullable String id, @Nullable String type, Function function) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Function(@Nullable String name, String arguments) {}

    static ToolCallJson of(ToolCall call) {
        return new ToolCallJson(
                null, call.id(), "function", new Function(call.name(), call.arguments()));
    }

    static ToolCallJson fragment(Reply.Part.Call call, String arguments, boolean first) {
        return first
                ? new ToolCallJson(
                        call.index(), call.id(), "function", new Function(call.name(), arguments))
                : new ToolCallJson(call.index(), null, null, new Function(null, arguments));
    }
}
