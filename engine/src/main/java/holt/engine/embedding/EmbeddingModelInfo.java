package holt.engine.embedding;

/**
 * Describes a loaded embedding model.
 *
 * @param name the folder's name
 * @param architecture as config.json names it
 * @param width numbers of a vector
 * @param maxTokens the most tokens of an input, special tokens included
 * @param dtype {@code fp32} or {@code bf16}
 * @param device {@code cpu} or {@code cuda:N}
 */
public record EmbeddingModelInfo(
        String name,
        String architecture,
        long parameters,
        int width,
        int maxTokens,
        String dtype,
        String device) {}
