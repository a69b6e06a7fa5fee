package holt.engine.embedding;

import holt.engine.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that become vectors.
 *
 * @param id unique among the requests that the engine holds
 * @param dimensions numbers of each vector, its first ones; null = all
 * @param cutTo the most tokens of an input, the rest is cut; null = an input that is too long is refused
 * @param promptName one of the folder's prompts, written before each text; null = the folder's default
 * @param priority lower runs first, then the order of arrival
 */
public record EmbeddingRequest(
        RequestId id,
        List<EmbeddingInput> inputs,
        @Nullable Integer dimensions,
        @Nullable Integer cutTo,
        @Nullable String promptName,
        int priority) {
    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one input");
        }
    }
}
