package holt.worker.remote;

import holt.protocol.ChatMessage;
import holt.protocol.OutputFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a chat as the body of {@code POST /v1/chat/completions}. What the client left open stays open. */
final class ChatBody {
    private static final JsonMapper JSON = new JsonMapper();

    private ChatBody() {}

    /**
     * @param model the engine's own name of it
     * @param llama whether llama.cpp's server reads it
     * @param read reads the bytes of a picture, a sound or a file
     */
    static byte[] of(
            Task.Chat chat, String model, boolean llama, Function<StoredObject, byte[]> read) {
        var body = new LinkedHashMap<String, Object>();
        if (chat.extraFields() != null) {
            // First, so that Holt's own fields replace them.
            body.putAll(chat.extraFields());
        }
        body.put("model", model);
        body.put(
                "messages",
                chat.messages().stream().map(message -> message(message, read)).toList());
        // Always a stream: closing it ends the work, and a silent engine is found.
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        put(body, "max_tokens", chat.maxTokens());
        put(body, "n", chat.n());
        if (!chat.stop().isEmpty()) {
            body.put("stop", chat.stop());
        }
        if (chat.topLogprobs() != null) {
            body.put("logprobs", true);
            body.put("top_logprobs", chat.topLogprobs());
        }
        SamplingBody.write(chat.sampling(), body);
        if (chat.tools() != null) {
            tools(body, chat.tools());
        }
        if (chat.format() != null) {
            format(body, chat.format(), llama);
        }
        put(body, "chat_template_kwargs", chat.templateArguments());
        return JSON.writeValueAsBytes(body);
    }

    private static Map<String, Object> message(
            ChatMessage message, Function<StoredObject, byte[]> read) {
        var json = new LinkedHashMap<String, Object>();
        json.put("role", message.role());
        boolean callsOnly = message.toolCalls() != null && message.content().isEmpty();
        if (message.media() != null) {
            json.put("content", ContentParts.of(message, message.media(), read));
        } else {
            json.put("content", callsOnly ? null : message.content());
        }
        put(json, "reasoning_content", message.reasoning());
        put(json, "tool_call_id", message.toolCallId());
        put(json, "name", message.name());
        if (message.toolCalls() != null) {
            json.put("tool_calls", message.toolCalls().stream().map(ChatBody::call).toList());
        }
        return json;
    }

    private static Map<String, Object> call(ToolCall call) {
        return Map.of(
                "id",
                call.id(),
                "type",
                "function",
                "function",
                Map.of("name", call.name(), "arguments", call.arguments()));
    }

    private static void tools(Map<String, Object> body, Tools tools) {
        body.put("tools", tools.functions());
        body.put(
                "tool_choice",
                switch (tools.choice()) {
                    case AUTO -> "auto";
                    case NONE -> "none";
                    case REQUIRED ->
                            tools.only() == null
                                    ? "required"
                                    : Map.of(
                                            "type",
                                            "function",
                                            "function",
                                            Map.of("name", tools.only()));
                });
        body.put("parallel_tool_calls", tools.parallel());
    }

    private static void format(Map<String, Object> body, OutputFormat format, boolean llama) {
        switch (format) {
            case OutputFormat.JsonObject _ ->
                    body.put("response_format", Map.of("type", "json_object"));
            case OutputFormat.JsonSchema(String name, Map<String, Object> schema) ->
                    body.put(
                            "response_format",
                            Map.of(
                                    "type",
                                    "json_schema",
                                    "json_schema",
                                    Map.of(
                                            "name",
                                            name == null ? "answer" : name,
                                            "schema",
                                            schema,
                                            "strict",
                                            true)));
            case OutputFormat.Regex(String pattern) ->
                    body.put("structured_outputs", Map.of("regex", pattern));
            case OutputFormat.OneOf(List<String> texts) -> {
                if (llama) {
                    body.put("grammar", grammar(texts));
                } else {
                    body.put("structured_outputs", Map.of("choice", texts));
                }
            }
        }
    }

    /** The texts as llama.cpp's GBNF, whose strings are escaped like JSON's. */
    private static String grammar(List<String> texts) {
        return texts.stream()
                .map(JSON::writeValueAsString)
                .collect(Collectors.joining(" | ", "root ::= ", ""));
    }

    private static void put(Map<String, Object> json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
