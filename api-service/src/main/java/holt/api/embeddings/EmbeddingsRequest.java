package holt.api.embeddings;

import org.jspecify.annotations.Nullable;

/**
 * The raw body of {@code POST /v1/embeddings}.
 *
 * @param input a string, an array of strings, an array of token ids, or an array of such arrays
 * @param truncatePromptTokens as in vLLM: the most tokens of an input, -1 for the model's limit
 * @param truncate as in other servers: true cuts at the model's limit
 * @param promptName as in Text Embeddings Inference: one of the model's prompts
 */
record EmbeddingsRequest(
        @Nullable String model,
        @Nullable Object input,
        @Nullable String encodingFormat,
        @Nullable Long dimensions,
        @Nullable Long truncatePromptTokens,
        @Nullable Boolean truncate,
        @Nullable String promptName) {}
