package holt.engine.text;

import java.util.List;

/**
 * A chat to continue.
 *
 * @param id unique among the requests that the engine holds
 * @param maxTokens at least 1; the engine stops earlier where the context ends
 * @param stop texts at which the answer ends; they are not part of it
 * @param priority lower runs first, then the order of arrival
 */
public record TextRequest(
        String id,
        List<ChatTurn> turns,
        Sampling sampling,
        int maxTokens,
        List<String> stop,
        int priority) {
    public TextRequest {
        turns = List.copyOf(turns);
        stop = List.copyOf(stop);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
        if (stop.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text must not be empty");
        }
    }
}
