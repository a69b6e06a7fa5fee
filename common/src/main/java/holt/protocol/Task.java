package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job asks of its model; valid and complete, because it was parsed at the door. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Task {

    /**
     * @param messages at least one
     * @param maxTokens the most tokens to write, null for the model's default
     * @param stop texts that end the answer and stay out of it, at most 4
     * @param stream whether the client reads the answer as it grows, so that text deltas are published
     */
    @JsonTypeName("chat")
    record Chat(
            List<ChatMessage> messages,
            Sampling sampling,
            @Nullable Integer maxTokens,
            List<String> stop,
            boolean stream)
            implements Task {
        public Chat {
            messages = List.copyOf(messages);
            stop = List.copyOf(stop);
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
     */
    record Sampling(double temperature, double topP, @Nullable Long seed) {}
}
