package holt.api.chat;

import holt.api.RequestRejectedException;
import holt.api.models.ModelCatalog;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door: a {@link ChatRequest} becomes a {@link ChatCall}, or a refusal that names the field. */
final class ParseChat {
    private static final int MOST_STOPS = 4;
    private static final int MOST_ANSWERS = 128;
    private static final int MOST_TOP_LOGPROBS = 20;

    private ParseChat() {}

    static ChatCall parse(ChatRequest wire, ModelCatalog catalog) {
        KnownModel model = model(wire.model(), catalog);
        RefuseUnsupported.check(wire);
        List<Task.ChatMessage> messages = ParseMessages.parse(wire.messages());
        checkLength(messages, model);
        var task =
                new Task.Chat(
                        messages,
                        ParseSampling.parse(wire),
                        maxTokens(wire),
                        stop(wire.stop()),
                        Boolean.TRUE.equals(wire.stream()),
                        answers(wire.n()),
                        topLogprobs(wire));
        return new ChatCall(model, task, includeUsage(wire.streamOptions()));
    }

    private static KnownModel model(@Nullable String name, ModelCatalog catalog) {
        if (name == null || name.isBlank()) {
            throw invalid("model", "required");
        }
        KnownModel model = catalog.find(known(name));
        if (model.kind() != KnownModel.Kind.CHAT) {
            throw new RequestRejectedException(
                    Failure.INVALID_MODEL_KIND, "model: not a chat model", "model", null);
        }
        return model;
    }

    /** What cannot be a name is no model that anybody has heard of. */
    private static String known(String name) {
        try {
            return new ModelName(name).value();
        } catch (IllegalArgumentException e) {
            throw new RequestRejectedException(
                    Failure.MODEL_NOT_FOUND, "model: no such model", "model", null);
        }
    }

    /** Refuses what cannot fit whatever the tokenizer makes of it; the exact count is the worker's. */
    private static void checkLength(List<Task.ChatMessage> messages, KnownModel model) {
        long bytes = 0;
        for (Task.ChatMessage message : messages) {
            bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
        }
        // A message costs a token at least, be it empty.
        long tokens =
                Math.max(Math.ceilDiv(bytes, model.longestTokenBytes()), (long) messages.size());
        if (tokens > model.contextLength()) {
            throw new RequestRejectedException(
                    Failure.CONTEXT_LENGTH_EXCEEDED,
                    "messages: the prompt has "
                            + tokens
                            + " tokens or more, the model's context holds "
                            + model.contextLength(),
                    "messages",
                    null);
        }
    }

    private static @Nullable Integer answers(@Nullable Long n) {
        if (n != null && (n < 0 || n > MOST_ANSWERS)) {
            throw invalid("n", "1 to " + MOST_ANSWERS + " expected");
        }
        return n == null || n <= 1 ? null : n.intValue();
    }

    private static @Nullable Integer topLogprobs(ChatRequest wire) {
        long top = wire.topLogprobs() == null ? 0 : wire.topLogprobs();
        if (top < 0 || top > MOST_TOP_LOGPROBS) {
            throw invalid("top_logprobs", "0 to " + MOST_TOP_LOGPROBS + " expected");
        }
        boolean wanted = Boolean.TRUE.equals(wire.logprobs());
        if (top > 0 && !wanted) {
            throw invalid("top_logprobs", "logprobs must be true");
        }
        return wanted ? (int) top : null;
    }

    private static @Nullable Integer maxTokens(ChatRequest wire) {
        Integer newer = maxTokens(wire.maxCompletionTokens(), "max_completion_tokens");
        Integer older = maxTokens(wire.maxTokens(), "max_tokens");
        return newer != null ? newer : older;
    }

    private static @Nullable Integer maxTokens(@Nullable Long most, String param) {
        if (most == null || most == 0) {
            return null;
        }
        if (most < 1 || most > Integer.MAX_VALUE) {
            throw invalid(param, "1 to " + Integer.MAX_VALUE + " expected");
        }
        return most.intValue();
    }

    private static List<String> stop(@Nullable Object stop) {
        return switch (stop) {
            case null -> List.of();
            case String text -> text.isEmpty() ? List.of() : List.of(text);
            case List<?> texts -> stops(texts);
            default -> throw invalid("stop", "a string or an array of strings expected");
        };
    }

    private static List<String> stops(List<?> texts) {
        if (texts.size() > MOST_STOPS) {
            throw invalid("stop", "at most " + MOST_STOPS + " expected");
        }
        var stops = new ArrayList<String>();
        for (Object text : texts) {
            if (!(text instanceof String stop) || stop.isEmpty()) {
                throw invalid("stop", "strings that are not empty expected");
            }
            stops.add(stop);
        }
        return stops;
    }

    private static boolean includeUsage(ChatRequest.@Nullable StreamOptions options) {
        return options != null && Boolean.TRUE.equals(options.includeUsage());
    }

    static RequestRejectedException invalid(String param, String why) {
        return new RequestRejectedException(Failure.INVALID_VALUE, param + ": " + why, param, null);
    }
}
