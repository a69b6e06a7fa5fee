package holt.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sentence-transformers computed.
 *
 * @param maxTokens of a text
 * @param ids of each text, cut to that
 * @param vectors with the folder's default prompt
 * @param queries with the prompt {@code query}; null if the folder has none
 */
public record EmbeddingGolden(
        int maxTokens,
        List<String> texts,
        List<long[]> ids,
        List<float[]> vectors,
        @Nullable List<float[]> queries) {}
