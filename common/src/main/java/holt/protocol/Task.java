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
}
