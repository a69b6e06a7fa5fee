package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a job ended. It is the job's last reply, and part of its {@link JobEvent.Finished}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Outcome extends Reply {
    /** The tokens that the job read and wrote; null if nothing tells them. */
    default @Nullable Usage tokens() {
        return switch (this) {
            case ChatCompleted chat -> chat.usage;
            case Embedded embedded -> embedded.usage;
            case Stored stored -> stored.usage;
            case ImagesCompleted images ->
                    images.usage == null
                            ? null
                            : new Usage(images.usage.inputTokens, images.usage.outputTokens);
            case Failed _, Cancelled _ -> null;
        };
    }

    /**
     * The answers of a chat.
     *
     * @param content the whole text of the first answer, also after a stream. It stays out of logs
     * @param usage of all answers together. The prompt counts once
     * @param logprobs of the first answer's tokens; null unless the client asked for them
     * @param further the other answers; null if there is one answer
     * @param parts of the first answer beside its content; null: none
     */
    @JsonTypeName("chat_completed")
    record ChatCompleted(
            String content,
            FinishReason finishReason,
            Usage usage,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Choice> further,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AnswerParts parts)
            implements Outcome {
        public ChatCompleted {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
            further = further == null ? null : List.copyOf(further);
        }

        /** One answer without log probabilities. */
        public ChatCompleted(String content, FinishReason finishReason, Usage usage) {
            this(content, finishReason, usage, null, null, null);
        }

        /** @param choices at least one */
        public static ChatCompleted of(List<Choice> choices, Usage usage) {
            Choice first = choices.getFirst();
            return new ChatCompleted(
                    first.content,
                    first.finishReason,
                    usage,
                    first.logprobs,
                    choices.size() == 1 ? null : choices.subList(1, choices.size()),
                    first.parts);
        }

        @Override
        public int version() {
            return choices().stream().anyMatch(choice -> choice.parts != null) ? 2 : 1;
        }

        /** All answers. */
        public List<Choice> choices() {
            var first = Stream.of(new Choice(content, finishReason, logprobs, parts));
            return Stream.concat(first, further == null ? Stream.of() : further.stream()).toList();
        }

        @Override
        public String toString() {
            return "ChatCompleted[" + finishReason + ", " + usage + "]";
        }
    }

    /**
     * One answer of several.
     *
     * @param content the whole text. It stays out of logs
     * @param logprobs of the answer's tokens; null unless the client asked for them
     * @param parts beside the content; null: none
     */
    record Choice(
            String content,
            FinishReason finishReason,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AnswerParts parts) {
        public Choice {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
        }

        /** An answer of content alone. */
        public Choice(
                String content, FinishReason finishReason, @Nullable List<TokenLogprobs> logprobs) {
            this(content, finishReason, logprobs, null);
        }

        /** What the model thought before its answer; may be empty. */
        public String reasoning() {
            return parts == null || parts.reasoning == null ? "" : parts.reasoning;
        }

        /** The tools that the model calls. */
        public List<ToolCall> toolCalls() {
            return parts == null || parts.toolCalls == null ? List.of() : parts.toolCalls;
        }

        @Override
        public String toString() {
            return "Choice[" + finishReason + "]";
        }
    }

    /**
     * What an answer has beside its content. It stays out of logs.
     *
     * @param reasoning what the model thought before its answer; null: nothing
     * @param toolCalls null: none
     */
    record AnswerParts(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reasoning,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ToolCall> toolCalls) {
        public AnswerParts {
            toolCalls = toolCalls == null ? null : List.copyOf(toolCalls);
        }

        /** Null if there is neither. */
        public static @Nullable AnswerParts of(String reasoning, List<ToolCall> toolCalls) {
            return reasoning.isEmpty() && toolCalls.isEmpty()
                    ? null
                    : new AnswerParts(
                            reasoning.isEmpty() ? null : reasoning,
                            toolCalls.isEmpty() ? null : toolCalls);
        }

        @Override
        public String toString() {
            return "AnswerParts";
        }
    }

    /**
     * The pictures of a job, in order. They stay in the object store for longer than this record.
     *
     * @param usage null if the engine counts no tokens
     */
    @JsonTypeName("images_completed")
    record ImagesCompleted(
            List<Picture> pictures,
            ResponseFormat responseFormat,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PictureUsage usage)
            implements Outcome {
        public ImagesCompleted {
            pictures = List.copyOf(pictures);
        }

        /** Of an engine that counts no tokens. */
        public ImagesCompleted(List<Picture> pictures, ResponseFormat responseFormat) {
            this(pictures, responseFormat, null);
        }
    }

    /**
     * The vectors of a job, in the order of its inputs.
     *
     * @param vectors each in base64: its numbers as little-endian float32
     * @param usage counts the tokens of all inputs as the prompt's
     */
    @JsonTypeName("embedded")
    record Embedded(List<String> vectors, VectorFormat format, Usage usage) implements Outcome {
        public Embedded {
            vectors = List.copyOf(vectors);
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public String toString() {
            return "Embedded[" + vectors.size() + ", " + usage + "]";
        }
    }

    /**
     * A picture in the object store.
     *
     * @param width in pixels
     * @param seed null if no seed reproduces the picture
     */
    record Picture(
            String key,
            int width,
            int height,
            String contentType,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long seed) {}

    /**
     * How many tokens an engine counts for pictures.
     *
     * @param inputTokens of texts and pictures together
     * @param imageTokens of the input, those of pictures
     * @param textTokens of the input, those of texts
     */
    record PictureUsage(int inputTokens, int imageTokens, int textTokens, int outputTokens) {}

    /**
     * The job failed.
     *
     * @param message one sentence for the client
     * @param param the field at fault; null if there is none
     */
    @JsonTypeName("failed")
    record Failed(
            Failure reason,
            String message,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String param)
            implements Outcome {
        /** A failure without a field at fault. */
        public Failed(Failure reason, String message) {
            this(reason, message, null);
        }
    }

    @JsonTypeName("cancelled")
    record Cancelled() implements Outcome {}

    /**
     * An outcome over 64 KiB.
     *
     * @param object the JSON of the outcome itself
     * @param usage that of the outcome
     */
    @JsonTypeName("stored")
    record Stored(
            StoredObject object, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage)
            implements Outcome {
        /** Of unknown usage. */
        public Stored(StoredObject object) {
            this(object, null);
        }
    }

    /** Why an answer ended. */
    enum FinishReason {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("length")
        LENGTH,
        @JsonProperty("tool_calls")
        TOOL_CALLS;

        /** The name in HTTP replies. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many tokens a chat read and wrote.
     *
     * @param cachedTokens the prompt's tokens that were in the KV cache; null for none
     * @param estimated true if the engine did not count the tokens, so that the worker estimated them; null otherwise
     * @param reasoningTokens of the completion tokens, those before the answers; null for none
     */
    record Usage(
            int promptTokens,
            int completionTokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer cachedTokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean estimated,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer reasoningTokens) {
        public Usage {
            cachedTokens = cachedTokens == null || cachedTokens == 0 ? null : cachedTokens;
        }

        /** As the engine counted them. */
        public Usage(int promptTokens, int completionTokens, @Nullable Integer cachedTokens) {
            this(promptTokens, completionTokens, cachedTokens, null, null);
        }

        /** As the worker estimates them. */
        public static Usage estimate(int promptTokens, int completionTokens) {
            return new Usage(promptTokens, completionTokens, null, true, null);
        }

        /** Without cached tokens. */
        public Usage(int promptTokens, int completionTokens) {
            this(promptTokens, completionTokens, null);
        }

        /** The same with that many tokens of reasoning. */
        public Usage withReasoning(int tokens) {
            return new Usage(promptTokens, completionTokens, cachedTokens, estimated, tokens);
        }

        /** The prompt's tokens that were in the KV cache. */
        public int cached() {
            return cachedTokens == null ? 0 : cachedTokens;
        }
    }
}
