package holt.engine.text;

import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import holt.grammar.Constraint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to complete.
 *
 * @param id unique among the requests that the engine holds
 * @param maxTokens the most tokens of each completion, at least 1, or 0 for a raw prompt; the end of the context also ends it
 * @param stop strings that end a completion; they are not part of it
 * @param priority lower runs first, then the order of arrival
 * @param choices the number of completions, at least 1; the model reads the prompt once for all
 * @param topScores the number of likeliest tokens in the {@link TokenScores} of each token; null = no scores
 * @param tools what the model can call: OpenAI's tool objects as plain JSON values, for the chat template
 * @param templateArguments more variables of the chat template, such as {@code enable_thinking}
 * @param constraint what each completion must be; null = anything
 * @param raw takes the place of the conversation; null = none
 */
public record TextRequest(
        RequestId id,
        List<ChatTurn> turns,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        int priority,
        int choices,
        @Nullable Integer topScores,
        List<Map<String, @Nullable Object>> tools,
        ToolChoice toolChoice,
        Map<String, @Nullable Object> templateArguments,
        @Nullable Constraint constraint,
        @Nullable RawPrompt raw) {
    public TextRequest {
        turns = List.copyOf(turns);
        stop = List.copyOf(stop);
        tools = List.copyOf(tools);
        templateArguments = Collections.unmodifiableMap(new LinkedHashMap<>(templateArguments));
        if (maxTokens < (raw == null ? 1 : 0)) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
        if (choices < 1) {
            throw new IllegalArgumentException("choices must be at least 1, not " + choices);
        }
        if (stop.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string must not be empty");
        }
    }

    /** A conversation. */
    public TextRequest(
            RequestId id,
            List<ChatTurn> turns,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            int priority,
            int choices,
            @Nullable Integer topScores,
            List<Map<String, @Nullable Object>> tools,
            ToolChoice toolChoice,
            Map<String, @Nullable Object> templateArguments,
            @Nullable Constraint constraint) {
        this(
                id,
                turns,
                sampling,
                maxTokens,
                stop,
                priority,
                choices,
                topScores,
                tools,
                toolChoice,
                templateArguments,
                constraint,
                null);
    }

    /** A prompt without a chat template. */
    public static TextRequest ofPrompt(
            RequestId id,
            RawPrompt prompt,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            int priority,
            int choices,
            @Nullable Integer topScores) {
        return new TextRequest(
                id,
                List.of(),
                sampling,
                maxTokens,
                stop,
                priority,
                choices,
                topScores,
                List.of(),
                new ToolChoice.None(),
                Map.of(),
                null,
                prompt);
    }

    /** The request's field that its prompt comes from, for messages. */
    String promptField() {
        return raw == null ? "messages" : "prompt";
    }

    /** Without tools and a constraint. */
    public TextRequest(
            RequestId id,
            List<ChatTurn> turns,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            int priority,
            int choices,
            @Nullable Integer topScores) {
        this(
                id,
                turns,
                sampling,
                maxTokens,
                stop,
                priority,
                choices,
                topScores,
                List.of(),
                new ToolChoice.Auto(),
                Map.of(),
                null);
    }

    /** For one completion without scores, tools and a constraint. */
    public TextRequest(
            RequestId id,
            List<ChatTurn> turns,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            int priority) {
        this(id, turns, sampling, maxTokens, stop, priority, 1, null);
    }

    /** The same request with tools. */
    public TextRequest withTools(List<Map<String, @Nullable Object>> offered, ToolChoice choice) {
        return new TextRequest(
                id,
                turns,
                sampling,
                maxTokens,
                stop,
                priority,
                choices,
                topScores,
                offered,
                choice,
                templateArguments,
                constraint,
                raw);
    }

    /** The same request whose completions must be of that form. */
    public TextRequest withConstraint(Constraint form) {
        return new TextRequest(
                id,
                turns,
                sampling,
                maxTokens,
                stop,
                priority,
                choices,
                topScores,
                tools,
                toolChoice,
                templateArguments,
                form,
                raw);
    }
}
