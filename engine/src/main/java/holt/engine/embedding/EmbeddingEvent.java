package holt.engine.embedding;

import holt.engine.EngineFailure;
import java.util.List;

/** The one event of a request. */
public sealed interface EmbeddingEvent {
    /**
     * @param vectors in the order of the inputs
     * @param tokens of all inputs, special tokens included
     */
    record Finished(List<float[]> vectors, int tokens) implements EmbeddingEvent {}

    /** The request failed. */
    record Failed(EngineFailure failure) implements EmbeddingEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled() implements EmbeddingEvent {}
}
