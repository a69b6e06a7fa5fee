package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.object;

import holt.api.RequestRejectedException;
import holt.api.fields.Fields;
import holt.api.keys.Caller;
import holt.api.models.FindModel;
import holt.api.models.ModelCatalog;
import holt.api.models.VisibleModels;
import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Task;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a {@link ChatRequest} into a valid {@link ParsedChat}, or refuses it with the field's name. It reads pictures last, after all other
 * fields are valid.
 */
@Component
public final class ParseChat {
    /** All are served alike. */
    private static final List<String> TIERS =
            List.of("auto", "default", "flex", "scale", "priority");

    private static final int MOST_ANSWERS = 128;
    private static final int MOST_TOP_LOGPROBS = 20;

    private final ModelCatalog catalog;
    private final AttachMedia attach;

    ParseChat(ModelCatalog catalog, ReadMedia media) {
        this.catalog = catalog;
        this.attach = new AttachMedia(media, System::nanoTime);
    }

    /**
     * @param caller to whom models may be hidden
     * @throws RequestRejectedException with the name of the field at fault
     */
    public ParsedChat parse(ChatRequest wire, Caller caller) {
        KnownModel model =
                FindModel.of(wire.model(), KnownModel.Kind.CHAT, VisibleModels.to(caller, catalog));
        RefuseUnsupported.check(wire);
        Fields.choice("service_tier", wire.serviceTier(), "auto", TIERS, tier -> tier);
        ParseMessages.Parsed parsed = ParseMessages.parse(wire.messages(), reads(model));
        checkLength(parsed.messages(), model);
        var task =
                new Task.Chat(
                        parsed.messages(),
                        ParseSampling.parse(wire, model),
                        maxTokens(wire),
                        ParseStops.parse(wire.stop()),
                        Boolean.TRUE.equals(wire.stream()),
                        answers(wire.n()),
                        topLogprobs(wire),
                        ParseTools.parse(wire),
                        ParseFormat.parse(wire),
                        templateArguments(wire, model),
                        ExtraFields.of(wire, model));
        RefuseUnsupported.check(task, model);
        RefuseUnsupported.check(parsed.media(), model);
        return new ParsedChat(
                model,
                parsed.media().isEmpty()
                        ? task
                        : task.with(attach.to(task.messages(), parsed.media())),
                includeUsage(wire.streamOptions()));
    }

    private static boolean reads(KnownModel model) {
        return model.abilities().contains(Ability.TEMPLATE_ARGUMENTS);
    }

    /** The effort is a hint: a model that cannot take it answers without. */
    private static @Nullable Map<String, Object> templateArguments(
            ChatRequest wire, KnownModel model) {
        var arguments = new LinkedHashMap<String, Object>();
        if (isSet(wire.reasoningEffort()) && reads(model)) {
            arguments.put("reasoning_effort", wire.reasoningEffort());
        }
        if (wire.chatTemplateKwargs() != null) {
            arguments.putAll(object("chat_template_kwargs", wire.chatTemplateKwargs()));
        }
        return arguments.isEmpty() ? null : arguments;
    }

    /** Refuses a prompt that is too long for any tokenization. The worker counts exactly. */
    private static void checkLength(List<ChatMessage> messages, KnownModel model) {
        long bytes = 0;
        for (ChatMessage message : messages) {
            bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
        }
        // Even an empty message costs a token.
        long tokens =
                Math.max(Math.ceilDiv(bytes, model.longestTokenBytes()), (long) messages.size());
        if (tokens > model.contextLength()) {
            throw new RequestRejectedException(
                    Failure.CONTEXT_LENGTH_EXCEEDED,
                    "messages: the prompt has at least "
                            + tokens
                            + " tokens, but the model's context length is "
                            + model.contextLength(),
                    "messages",
                    null);
        }
    }

    private static @Nullable Integer answers(@Nullable Long n) {
        Integer answers = Fields.count("n", n, MOST_ANSWERS);
        return answers == null || answers == 1 ? null : answers;
    }

    private static @Nullable Integer topLogprobs(ChatRequest wire) {
        long top = wire.topLogprobs() == null ? 0 : wire.topLogprobs();
        if (top < 0 || top > MOST_TOP_LOGPROBS) {
            throw invalid("top_logprobs", "must be from 0 to " + MOST_TOP_LOGPROBS);
        }
        boolean wanted = Boolean.TRUE.equals(wire.logprobs());
        if (top > 0 && !wanted) {
            throw invalid("top_logprobs", "needs logprobs: true");
        }
        return wanted ? (int) top : null;
    }

    private static @Nullable Integer maxTokens(ChatRequest wire) {
        Integer newer =
                Fields.count(
                        "max_completion_tokens", wire.maxCompletionTokens(), Integer.MAX_VALUE);
        Integer older = Fields.count("max_tokens", wire.maxTokens(), Integer.MAX_VALUE);
        return newer != null ? newer : older;
    }

    private static @Nullable Boolean includeUsage(ChatRequest.@Nullable StreamOptions options) {
        return options == null ? null : options.includeUsage();
    }
}
