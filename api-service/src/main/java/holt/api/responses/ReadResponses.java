package holt.api.responses;

import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.object;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.RequestRejectedException;
import holt.api.chat.ChatRequest;
import holt.api.chat.ParseChat;
import holt.api.chat.ParsedChat;
import holt.api.fields.Fields;
import holt.api.http.Json;
import holt.api.keys.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a {@link ResponsesRequest} into a chat, or refuses it with the field's name. */
final class ReadResponses {
    /** Names of a chat's fields and of those here, the longer ones first. */
    private static final List<Map.Entry<String, String>> NAMES =
            List.of(
                    Map.entry("response_format.json_schema.schema", "text.format.schema"),
                    Map.entry("response_format", "text.format"),
                    Map.entry("messages", "input"));

    private static final String LOGPROBS = "message.output_text.logprobs";

    private ReadResponses() {}

    /** A request as a chat. */
    record Read(Repeated repeated, ParsedChat chat) {}

    static Read read(ResponsesRequest wire, ParseChat parse, Caller caller, String tier) {
        refuseUnsupported("background", Boolean.TRUE.equals(wire.background()));
        refuseUnsupported("previous_response_id", isSet(wire.previousResponseId()));
        refuseUnsupported("conversation", isSet(wire.conversation()));
        refuseUnsupported("prompt", isSet(wire.prompt()));
        ReadTools.Read tools = ReadTools.read(wire.tools(), wire.toolChoice());
        var chat = new LinkedHashMap<String, @Nullable Object>();
        chat.put("model", wire.model());
        chat.put("messages", ReadInput.messages(wire.input(), wire.instructions(), tools.names()));
        chat.put("stream", wire.stream());
        chat.put(
                "max_completion_tokens",
                Fields.count("max_output_tokens", wire.maxOutputTokens(), Integer.MAX_VALUE));
        chat.put("temperature", wire.temperature());
        chat.put("top_p", wire.topP());
        boolean logprobs = wire.include() != null && wire.include().contains(LOGPROBS);
        chat.put("logprobs", logprobs);
        chat.put("top_logprobs", logprobs ? wire.topLogprobs() : null);
        chat.put("tools", tools.functions());
        chat.put("tool_choice", tools.choice());
        chat.put("parallel_tool_calls", wire.parallelToolCalls());
        chat.put("service_tier", wire.serviceTier());
        chat.put("response_format", format(wire.text()));
        chat.put("reasoning_effort", effort(wire.reasoning()));
        try {
            ParsedChat parsed =
                    parse.parse(Json.MAPPER.convertValue(chat, ChatRequest.class), caller);
            return new Read(
                    Repeated.of(wire.withoutInput(), parsed.task().sampling(), tools.names(), tier),
                    parsed);
        } catch (RequestRejectedException e) {
            throw renamed(e);
        }
    }

    /** The refusal of a chat, by the field's name in the response's request. */
    static RequestRejectedException renamed(RequestRejectedException refused) {
        String param = refused.param();
        String message = String.valueOf(refused.getMessage());
        for (Map.Entry<String, String> name : NAMES) {
            if (param != null && param.startsWith(name.getKey())) {
                String own = name.getValue();
                return new RequestRejectedException(
                        refused.failure(),
                        message.startsWith(param)
                                ? own + message.substring(param.length())
                                : message,
                        own,
                        refused.retryAfter());
            }
        }
        return refused;
    }

    /** The format is the same, but a schema has its fields beside the type. */
    private static @Nullable Object format(@Nullable Map<String, @Nullable Object> text) {
        if (text == null || text.get("format") == null) {
            return null;
        }
        Map<String, Object> format = object("text.format", text.get("format"));
        if (!"json_schema".equals(format.get("type"))) {
            Fields.choice(
                    "text.format.type",
                    format.get("type") instanceof String type ? type : null,
                    "text",
                    List.of("text", "json_object", "json_schema"),
                    type -> type);
            return format;
        }
        object("text.format.schema", format.get("schema"));
        var schema = new LinkedHashMap<String, Object>(format);
        schema.remove("type");
        return Map.of("type", "json_schema", "json_schema", schema);
    }

    private static @Nullable Object effort(@Nullable Map<String, @Nullable Object> reasoning) {
        return reasoning != null && reasoning.get("effort") instanceof String effort
                ? effort
                : null;
    }
}
