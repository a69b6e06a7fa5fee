package holt.engine.embedding;

import org.jspecify.annotations.Nullable;

/**
 * How to load an embedding model.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32} or {@code bf16}; null = fp32, so that all workers of a model give equal vectors
 * @param threads CPU cores of a pass; 0 = all
 */
public record EmbeddingModelOptions(String device, @Nullable String dtype, int threads) {
    public EmbeddingModelOptions {
        if (!device.matches("auto|cpu|cuda:\\d{1,3}")) {
            throw new IllegalArgumentException("device must be auto, cpu or cuda:N, not " + device);
        }
    }
}
