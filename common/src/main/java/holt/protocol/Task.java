package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a job asks of its model. The API parses and checks it, so it is valid and complete. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Task extends Versioned {
    /** What the model must be able to do. */
    default Set<Ability> needs() {
        return Set.of();
    }

    /** A chat with that seed, if its client has named none. Images with a seed would share no step with others, so they stay as they are. */
    default Task withSeed(long seed) {
        return this;
    }

    @Override
    default int version() {
        return needs().isEmpty() ? 1 : 2;
    }

    /** Whether parts of it are in the object store. */
    default boolean hasObjects() {
        return false;
    }

    /** This task with its stored parts elsewhere. */
    default Task withObjects(UnaryOperator<StoredObject> move) {
        return this;
    }

    /** This task without the keys of its stored parts. Repeated requests give equal tasks. */
    default Task withoutKeys() {
        return withObjects(StoredObject::withoutKey);
    }

    /**
     * A chat.
     *
     * @param messages at least one
     * @param maxTokens the most tokens to write; null for the model's default
     * @param stop texts that end the answer and stay out of it, at most 4
     * @param stream whether the worker publishes text deltas
     * @param n number of answers, 1 to 128; null: one
     * @param topLogprobs how many of the likeliest tokens to report beside each token, 0 to 20; null: no log probabilities at all
     * @param tools null: none
     * @param format of the answer; null: any text
     * @param templateArguments variables of the chat template, such as {@code enable_thinking}; null: none
     * @param extraFields of the request that Holt does not know, for the engine; null: none
     */
    @JsonTypeName("chat")
    record Chat(
            List<ChatMessage> messages,
            Sampling sampling,
            @Nullable Integer maxTokens,
            List<String> stop,
            boolean stream,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer n,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer topLogprobs,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Tools tools,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OutputFormat format,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable Map<String, Object> templateArguments,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> extraFields)
            implements Task {
        public Chat {
            messages = List.copyOf(messages);
            stop = List.copyOf(stop);
        }

        /** One answer of any text, without log probabilities and tools. */
        public Chat(
                List<ChatMessage> messages,
                Sampling sampling,
                @Nullable Integer maxTokens,
                List<String> stop,
                boolean stream) {
            this(messages, sampling, maxTokens, stop, stream, null, null, null, null, null, null);
        }

        @Override
        public Chat withSeed(long seed) {
            return sampling.seed != null ? this : with(messages, sampling.withSeed(seed));
        }

        /** The same chat with these messages. */
        public Chat with(List<ChatMessage> others) {
            return with(others, sampling);
        }

        private Chat with(List<ChatMessage> others, Sampling drawn) {
            return new Chat(
                    others,
                    drawn,
                    maxTokens,
                    stop,
                    stream,
                    n,
                    topLogprobs,
                    tools,
                    format,
                    templateArguments,
                    extraFields);
        }

        @Override
        public boolean hasObjects() {
            return messages.stream().anyMatch(message -> message.media() != null);
        }

        @Override
        public Chat withObjects(UnaryOperator<StoredObject> move) {
            return hasObjects()
                    ? with(messages.stream().map(message -> message.with(move)).toList())
                    : this;
        }

        @Override
        public Set<Ability> needs() {
            var needs = EnumSet.noneOf(Ability.class);
            messages.forEach(message -> needs.addAll(message.needs()));
            if (tools != null) {
                needs.add(Ability.TOOLS);
            }
            if (format != null) {
                needs.add(Ability.STRUCTURED);
            }
            if (templateArguments != null) {
                needs.add(Ability.TEMPLATE_ARGUMENTS);
            }
            if (extraFields != null) {
                needs.add(Ability.EXTRA_FIELDS);
            }
            return needs;
        }

        /** The number of answers. */
        public int answers() {
            return n == null ? 1 : n;
        }
    }

    /**
     * How the worker samples tokens.
     *
     * @param temperature 0 is greedy
     * @param topP the share of probability to keep, 0 to 1; 0 keeps the likeliest token only
     * @param seed null: the worker draws one
     * @param topK how many of the likeliest tokens to keep, at least 1; null: all
     * @param minP the least probability to keep, as a share of the likeliest token's, 0 to 1; null: 0
     * @param penalties null: none
     * @param logitBias added to a token's logit, by token id, -100 to 100; null: nothing
     * @param openTemperature true if neither client nor model say a temperature. An engine with a default of its own takes that instead; null
     *     otherwise
     */
    record Sampling(
            double temperature,
            double topP,
            @Nullable Long seed,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer topK,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double minP,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Penalties penalties,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<Integer, Double> logitBias,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean openTemperature) {
        public Sampling {
            // Sorted, so that a repeated request has the same bytes.
            logitBias =
                    logitBias == null
                            ? null
                            : Collections.unmodifiableSortedMap(new TreeMap<>(logitBias));
        }

        private Sampling withSeed(long other) {
            return new Sampling(
                    temperature, topP, other, topK, minP, penalties, logitBias, openTemperature);
        }

        /** Temperature and top-p alone. */
        public Sampling(double temperature, double topP, @Nullable Long seed) {
            this(temperature, topP, seed, null, null, null, null, null);
        }

        /** With a temperature that client or model say. */
        public Sampling(
                double temperature,
                double topP,
                @Nullable Long seed,
                @Nullable Integer topK,
                @Nullable Double minP,
                @Nullable Penalties penalties,
                @Nullable Map<Integer, Double> logitBias) {
            this(temperature, topP, seed, topK, minP, penalties, logitBias, null);
        }

        /** Whether the engine's own default counts. */
        public boolean leavesTemperature() {
            return openTemperature != null && openTemperature;
        }
    }

    /**
     * Lowers the logits of tokens that have occurred.
     *
     * @param frequency for each occurrence in the answer, -2 to 2
     * @param presence once for a token in the answer, -2 to 2
     * @param repetition a factor above 0 for a token in the prompt or the answer; 1 is none
     */
    record Penalties(double frequency, double presence, double repetition) {}

    /**
     * Pictures. Both prompts stay out of logs.
     *
     * @param negativePrompt what the pictures should not show; may be empty
     * @param width in pixels; null, like the height, for the model's own size
     * @param n number of pictures, at least 1
     * @param steps of the denoising run; null for the worker's default
     * @param guidance scale of the classifier-free guidance; 0 to 1 is none. Null for the worker's default
     * @param seed of the first picture. Each further picture has the next number. Null: the worker draws them
     * @param edit the pictures to start from; null to start from noise
     * @param responseFormat repeated in the outcome
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
            @Nullable PictureEdit edit,
            PictureFormat outputFormat,
            ResponseFormat responseFormat)
            implements Task {
        /** The same pictures, made from another one. */
        public Images edited(
                PictureEdit from, @Nullable Integer newWidth, @Nullable Integer newHeight) {
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
        public Set<Ability> needs() {
            return edit == null || edit.further().isEmpty()
                    ? Set.of()
                    : Set.of(Ability.SEVERAL_IMAGES);
        }

        @Override
        public boolean hasObjects() {
            return edit != null;
        }

        @Override
        public Images withObjects(UnaryOperator<StoredObject> move) {
            return edit == null ? this : edited(edit.with(move), width, height);
        }

        @Override
        public String toString() {
            String size = width == null ? "own size" : width + " x " + height;
            return "Images[" + n + ", " + size + (edit == null ? "]" : ", edited]");
        }
    }

    /**
     * Prompts to go on with, without a chat template. Either texts or tokens are null. The answers of the first prompt come first.
     *
     * @param texts not empty, each without the tokenizer's special tokens
     * @param tokens ids of each prompt as the model reads them
     * @param maxTokens the most tokens to write; 0: none
     * @param stop texts that end an answer and stay out of it, at most 4
     * @param stream whether the worker publishes text deltas
     * @param n number of answers to each prompt, 1 to 128
     * @param topLogprobs how many of the likeliest tokens to report beside each token; null: no log probabilities at all
     * @param echo whether each answer begins with its prompt. Its log probabilities then begin with the prompt's tokens; that of the first
     *     one is 0, since nothing predicts it
     */
    @JsonTypeName("complete")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Complete(
            @Nullable List<String> texts,
            @Nullable List<List<Integer>> tokens,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            boolean stream,
            int n,
            @Nullable Integer topLogprobs,
            boolean echo)
            implements Task {
        public Complete {
            texts = texts == null ? null : List.copyOf(texts);
            tokens = tokens == null ? null : tokens.stream().map(List::copyOf).toList();
            stop = List.copyOf(stop);
        }

        @Override
        public Complete withSeed(long seed) {
            return sampling.seed != null
                    ? this
                    : new Complete(
                            texts,
                            tokens,
                            sampling.withSeed(seed),
                            maxTokens,
                            stop,
                            stream,
                            n,
                            topLogprobs,
                            echo);
        }

        @Override
        public Set<Ability> needs() {
            return Set.of(Ability.COMPLETIONS);
        }

        /** The number of prompts. */
        public int prompts() {
            return texts != null ? texts.size() : tokens != null ? tokens.size() : 0;
        }

        @Override
        public String toString() {
            return "Complete[" + prompts() + " prompts]";
        }
    }

    /**
     * Vectors of texts. Either texts or tokens are null.
     *
     * @param texts not empty, each without the model's special tokens
     * @param tokens ids of each input as the model reads them, special tokens included
     * @param dimensions how many numbers each vector has, the first ones; null: all
     * @param cutTo the most tokens of an input, the rest is cut; null: an input that is too long fails the job
     * @param promptName which of the model's prompts comes before each text; null: the model's default
     * @param format repeated in the outcome
     */
    @JsonTypeName("embed")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Embed(
            @Nullable List<String> texts,
            @Nullable List<List<Integer>> tokens,
            @Nullable Integer dimensions,
            @Nullable Integer cutTo,
            @Nullable String promptName,
            VectorFormat format)
            implements Task {
        public Embed {
            texts = texts == null ? null : List.copyOf(texts);
            tokens = tokens == null ? null : tokens.stream().map(List::copyOf).toList();
        }

        @Override
        public Set<Ability> needs() {
            return Set.of(Ability.EMBEDDINGS);
        }

        @Override
        public String toString() {
            int inputs = texts != null ? texts.size() : tokens != null ? tokens.size() : 0;
            return "Embed[" + inputs + "]";
        }
    }
}
