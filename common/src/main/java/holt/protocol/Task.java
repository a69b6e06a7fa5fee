package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a job asks of its model; valid and complete, because it was parsed at the door. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Task {
    /** The same for the same request, wherever the store keeps its parts. */
    default Task withoutKeys() {
        return this;
    }

    /**
     * @param messages at least one
     * @param maxTokens the most tokens to write, null for the model's default
     * @param stop texts that end the answer and stay out of it, at most 4
     * @param stream whether the client reads the answer as it grows, so that text deltas are published
     * @param n how many answers are wanted, 1 to 128; null: one
     * @param topLogprobs with each token its log probability is wanted, and those of so many of the likeliest ones, 0 to 20; null: none
     */
    @JsonTypeName("chat")
    record Chat(
            List<ChatMessage> messages,
            Sampling sampling,
            @Nullable Integer maxTokens,
            List<String> stop,
            boolean stream,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer n,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer topLogprobs)
            implements Task {
        public Chat {
            messages = List.copyOf(messages);
            stop = List.copyOf(stop);
        }

        /** One answer, its text alone. */
        public Chat(
                List<ChatMessage> messages,
                Sampling sampling,
                @Nullable Integer maxTokens,
                List<String> stop,
                boolean stream) {
            this(messages, sampling, maxTokens, stop, stream, null, null);
        }

        /** How many answers are wanted. */
        public int answers() {
            return n == null ? 1 : n;
        }
    }

    /** One turn. Its text stays out of logs: {@link #toString} does not show it. */
    record ChatMessage(String role, String content) {
        @Override
        public String toString() {
            return role + ": " + content.length() + " characters";
        }
    }

    /**
     * @param temperature 0 is greedy
     * @param topP the share of probability kept, in (0, 1]
     * @param seed null draws one
     * @param topK how many of the likeliest tokens are kept, at least 1; null: all
     * @param minP a token is kept from this share of the likeliest one's probability on, 0 to 1; null: 0
     * @param penalties null: none
     * @param logitBias what is added to a token's logit, by token id, -100 to 100; null: nothing
     */
    record Sampling(
            double temperature,
            double topP,
            @Nullable Long seed,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer topK,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double minP,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Penalties penalties,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<Integer, Double> logitBias) {
        public Sampling {
            // Sorted: the same request has the same bytes, by which a repeated one is known.
            logitBias =
                    logitBias == null
                            ? null
                            : Collections.unmodifiableSortedMap(new TreeMap<>(logitBias));
        }

        /** By temperature and top-p alone. */
        public Sampling(double temperature, double topP, @Nullable Long seed) {
            this(temperature, topP, seed, null, null, null, null);
        }
    }

    /**
     * What makes a token less likely that has occurred.
     *
     * @param frequency for each time in the answer, -2 to 2
     * @param presence once it is in the answer, -2 to 2
     * @param repetition once it is in prompt or answer; a factor above 0, 1 is none
     */
    record Penalties(double frequency, double presence, double repetition) {}

    /**
     * Pictures.
     *
     * @param prompt what they show; like the negative one it stays out of logs
     * @param negativePrompt what they should not show; may be empty
     * @param width in pixels, exact; null, like the height, for the model's own size
     * @param n how many, at least 1
     * @param steps of a denoising loop; null for the worker's default
     * @param guidance how strongly the prompt counts, 1 is as it comes; null for the worker's default
     * @param seed of the first picture, the next one has the next; null draws them
     * @param edit what they are made from; null for noise alone
     * @param responseFormat how the client takes them; the outcome says it again
     */
    @JsonTypeName("images")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Images(
            String prompt,
            String negativePrompt,
            @Nullable Integer width,
            @Nullable Integer height,
            int n,
            @Nullable Integer steps,
            @Nullable Double guidance,
            @Nullable Long seed,
            @Nullable Edit edit,
            PictureFormat outputFormat,
            ResponseFormat responseFormat)
            implements Task {
        /** The same, made from something. */
        public Images edited(Edit from, @Nullable Integer newWidth, @Nullable Integer newHeight) {
            return new Images(
                    prompt,
                    negativePrompt,
                    newWidth,
                    newHeight,
                    n,
                    steps,
                    guidance,
                    seed,
                    from,
                    outputFormat,
                    responseFormat);
        }

        @Override
        public Images withoutKeys() {
            return edit == null ? this : edited(edit.withoutKeys(), width, height);
        }

        @Override
        public String toString() {
            String size = width == null ? "own size" : width + " x " + height;
            return "Images[" + n + ", " + size + (edit == null ? "]" : ", edited]");
        }
    }

    /**
     * A picture to start from.
     *
     * @param source a PNG
     * @param mask a PNG of the same size, whose alpha is 0 where the picture is to be made new; null: all of it
     * @param strength how much may change, above 0, at most 1; null for what suits the model
     * @param sourceGuidance how closely a model that edits by instruction keeps to the source; null for the worker's default
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Edit(
            StoredObject source,
            @Nullable StoredObject mask,
            @Nullable Double strength,
            @Nullable Double sourceGuidance) {
        private Edit withoutKeys() {
            return new Edit(
                    source.withoutKey(),
                    mask == null ? null : mask.withoutKey(),
                    strength,
                    sourceGuidance);
        }
    }
}
