package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a job ended: its last reply, and the body of the event that settles it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Outcome extends Reply {

    /**
     * @param content the whole text of the first answer, also when it was streamed; it stays out of logs
     * @param usage of all answers together; the prompt counts once
     * @param logprobs of the first answer's tokens; null where none are wanted
     * @param further the other answers; null where one is wanted
     */
    @JsonTypeName("chat_completed")
    record ChatCompleted(
            String content,
            FinishReason finishReason,
            Usage usage,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Choice> further)
            implements Outcome {
        public ChatCompleted {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
            further = further == null ? null : List.copyOf(further);
        }

        /** One answer, its text alone. */
        public ChatCompleted(String content, FinishReason finishReason, Usage usage) {
            this(content, finishReason, usage, null, null);
        }

        /** @param choices at least one */
        public static ChatCompleted of(List<Choice> choices, Usage usage) {
            Choice first = choices.getFirst();
            return new ChatCompleted(
                    first.content,
                    first.finishReason,
                    usage,
                    first.logprobs,
                    choices.size() == 1 ? null : choices.subList(1, choices.size()));
        }

        /** All answers. */
        public List<Choice> choices() {
            var first = Stream.of(new Choice(content, finishReason, logprobs));
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
     * @param content its whole text; it stays out of logs
     * @param logprobs of its tokens; null where none are wanted
     */
    record Choice(
            String content,
            FinishReason finishReason,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs) {
        public Choice {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
        }

        @Override
        public String toString() {
            return "Choice[" + finishReason + "]";
        }
    }

    /** @param pictures in order; they lie in the object store for longer than this record */
    @JsonTypeName("images_completed")
    record ImagesCompleted(List<Picture> pictures, ResponseFormat responseFormat)
            implements Outcome {
        public ImagesCompleted {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * A picture in the object store.
     *
     * @param width in pixels
     * @param seed null where it was drawn and cannot be had again
     */
    record Picture(
            String key,
            int width,
            int height,
            String contentType,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long seed) {}

    /**
     * @param message one sentence for the client: what was wrong, and with which field
     * @param param that field; null where it is none
     */
    @JsonTypeName("failed")
    record Failed(
            Failure reason,
            String message,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String param)
            implements Outcome {
        /** A failure that is no field's. */
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
     */
    @JsonTypeName("stored")
    record Stored(StoredObject object) implements Outcome {}

    /** Why a text ended. */
    enum FinishReason {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("length")
        LENGTH;

        /** As in the HTTP reply. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Tokens read and written.
     *
     * @param cachedTokens of the prompt's, which the model knew from an earlier one; null for none, as from a release that does not count them
     */
    record Usage(
            int promptTokens,
            int completionTokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer cachedTokens) {
        public Usage {
            cachedTokens = cachedTokens == null || cachedTokens == 0 ? null : cachedTokens;
        }

        /** Of a prompt that was read as a whole. */
        public Usage(int promptTokens, int completionTokens) {
            this(promptTokens, completionTokens, null);
        }

        /** Tokens of the prompt that were not read again. */
        public int cached() {
            return cachedTokens == null ? 0 : cachedTokens;
        }
    }
}
