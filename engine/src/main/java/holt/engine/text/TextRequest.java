package holt.engine.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat to continue.
 *
 * @param id unique among the requests that the engine holds
 * @param maxTokens of each answer, at least 1; the engine stops earlier where the context ends
 * @param stop texts at which an answer ends; they are not part of it
 * @param priority lower runs first, then the order of arrival
 * @param choices how many answers are wanted, at least 1; the prompt is read once for all
 * @param topScores with each token its {@link TokenScores} are wanted, with so many of the likeliest; null: none
 */
public record TextRequest(
        String id,
        List<ChatTurn> turns,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        int priority,
        int choices,
        @Nullable Integer topScores) {
    public TextRequest {
        turns = List.copyOf(turns);
        stop = List.copyOf(stop);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
        if (choices < 1) {
            throw new IllegalArgumentException("choices must be at least 1, not " + choices);
        }
        if (stop.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text must not be empty");
        }
    }

    /** For one answer, its text alone. */
    public TextRequest(
            String id,
            List<ChatTurn> turns,
            Sampling sampling,
            int maxTokens,
            List<String> stop,
            int priority) {
        this(id, turns, sampling, maxTokens, stop, priority, 1, null);
    }
}
