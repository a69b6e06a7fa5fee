package holt.worker.remote.ollama;

import holt.protocol.ChatMessage;
import holt.protocol.Media;
import holt.protocol.OutputFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import holt.worker.remote.ShortSeed;
import holt.worker.remote.UnsupportedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes a chat as bodies of {@code /api/chat}, one for each answer. What the client left open stays open. */
final class ChatBody {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Map<String, Object> options;
    private final @Nullable Long seed;

    /**
     * @param model the engine's own name of it
     * @param thinks whether the model thinks before it answers
     * @param read reads the bytes of a picture
     */
    ChatBody(Task.Chat chat, String model, boolean thinks, Function<StoredObject, byte[]> read)
            throws UnsupportedException {
        seed = chat.sampling().seed();
        options = options(chat);
        body.put("model", model);
        body.put("messages", messages(chat.messages(), read));
        body.put("stream", true);
        // A prompt or an answer that is too long is not cut without a word.
        body.put("truncate", false);
        body.put("shift", false);
        body.put("options", options);
        if (chat.topLogprobs() != null) {
            body.put("logprobs", true);
            body.put("top_logprobs", chat.topLogprobs());
        }
        tools(chat.tools());
        format(chat.format());
        thinking(chat.templateArguments(), thinks);
    }

    /** @param choice number of the answer. Each further one has the next seed */
    byte[] of(int choice) {
        if (seed != null) {
            options.put("seed", ShortSeed.of(seed + choice));
        }
        return JSON.writeValueAsBytes(body);
    }

    private static Map<String, Object> options(Task.Chat chat) throws UnsupportedException {
        Task.Sampling sampling = chat.sampling();
        if (sampling.logitBias() != null) {
            throw new UnsupportedException("logit_bias", "knows no logit bias");
        }
        var options = new LinkedHashMap<String, Object>();
        put(options, "num_predict", chat.maxTokens());
        if (sampling.topP() == 0) {
            options.put("temperature", 0);
        } else if (!sampling.leavesTemperature()) {
            options.put("temperature", sampling.temperature());
        }
        if (sampling.topP() > 0 && sampling.topP() < 1) {
            options.put("top_p", sampling.topP());
        }
        put(options, "top_k", sampling.topK());
        put(options, "min_p", sampling.minP());
        if (!chat.stop().isEmpty()) {
            options.put("stop", chat.stop());
        }
        Task.Penalties penalties = sampling.penalties();
        if (penalties != null) {
            options.put("frequency_penalty", penalties.frequency());
            options.put("presence_penalty", penalties.presence());
            options.put("repeat_penalty", penalties.repetition());
        }
        return options;
    }

    private static List<Map<String, Object>> messages(
            List<ChatMessage> messages, Function<StoredObject, byte[]> read)
            throws UnsupportedException {
        var names = new HashMap<String, String>();
        var written = new ArrayList<Map<String, Object>>();
        for (ChatMessage message : messages) {
            var json = new LinkedHashMap<String, Object>();
            json.put("role", message.role().equals("developer") ? "system" : message.role());
            json.put("content", message.content());
            put(json, "thinking", message.reasoning());
            if (message.media() != null) {
                json.put("images", pictures(message.media(), read));
            }
            if (message.toolCalls() != null) {
                var calls = new ArrayList<Map<String, Object>>();
                for (ToolCall call : message.toolCalls()) {
                    names.put(call.id(), call.name());
                    calls.add(call(call));
                }
                json.put("tool_calls", calls);
            }
            if (message.toolCallId() != null) {
                json.put("tool_call_id", message.toolCallId());
                put(json, "tool_name", names.get(message.toolCallId()));
            }
            written.add(json);
        }
        return written;
    }

    /** In base64. Ollama shows them before the text. */
    private static List<String> pictures(List<Media> media, Function<StoredObject, byte[]> read)
            throws UnsupportedException {
        var pictures = new ArrayList<String>();
        for (Media each : media) {
            if (each.kind() != Media.Kind.PICTURE) {
                throw new UnsupportedException("messages", "reads pictures and texts only");
            }
            pictures.add(Base64.getEncoder().encodeToString(read.apply(each.data())));
        }
        return pictures;
    }

    private static Map<String, Object> call(ToolCall call) throws UnsupportedException {
        try {
            JsonNode arguments = JSON.readTree(call.arguments());
            if (arguments.isObject()) {
                return Map.of(
                        "id",
                        call.id(),
                        "function",
                        Map.of("name", call.name(), "arguments", arguments));
            }
        } catch (JacksonException e) {
            // The same as another kind of JSON.
        }
        throw new UnsupportedException(
                "messages", "reads only JSON objects as arguments of tool calls");
    }

    private void tools(@Nullable Tools tools) throws UnsupportedException {
        if (tools == null || tools.choice() == Tools.Choice.NONE) {
            return;
        }
        if (tools.choice() == Tools.Choice.REQUIRED) {
            throw new UnsupportedException("tool_choice", "leaves it to the model to call a tool");
        }
        body.put("tools", tools.functions());
    }

    private void format(@Nullable OutputFormat format) throws UnsupportedException {
        switch (format) {
            case null -> {}
            case OutputFormat.JsonObject _ -> body.put("format", "json");
            case OutputFormat.JsonSchema(String _, Map<String, Object> schema) ->
                    body.put("format", schema);
            case OutputFormat.Regex _, OutputFormat.OneOf _ ->
                    throw new UnsupportedException(
                            "structured_outputs", "knows no formats but JSON");
        }
    }

    /** A model that does not think ignores the arguments, as its template would. */
    private void thinking(@Nullable Map<String, Object> arguments, boolean thinks)
            throws UnsupportedException {
        if (arguments == null) {
            return;
        }
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            Object think = think(argument.getKey(), argument.getValue());
            if (thinks) {
                body.put("think", think);
            }
        }
    }

    private static Object think(String name, Object value) throws UnsupportedException {
        if (name.equals("enable_thinking") && value instanceof Boolean thinks) {
            return thinks;
        }
        if (name.equals("reasoning_effort") && value instanceof String effort) {
            if (effort.equals("none")) {
                return false;
            }
            return effort.equals("minimal") ? "low" : effort;
        }
        throw new UnsupportedException(
                "chat_template_kwargs", "knows only enable_thinking and reasoning_effort");
    }

    private static void put(Map<String, Object> json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
