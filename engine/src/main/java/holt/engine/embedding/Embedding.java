package holt.engine.embedding;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.loop.ActiveRequest;
import holt.engine.loop.RequestEvents;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One request in progress. Only the engine's thread uses it. */
final class Embedding implements ActiveRequest {
    private final RequestId id;
    private final List<QueuedInput> inputs;
    private final int dimensions;
    private final boolean unit;
    private final @Nullable float[][] vectors;
    private final RequestEvents<EmbeddingEvent> events;
    private int missing;

    /**
     * @param inputs the tokens of each
     * @param dimensions numbers of each vector
     * @param unit whether vectors have the length 1
     */
    Embedding(
            RequestId id,
            List<long[]> inputs,
            int dimensions,
            boolean unit,
            int priority,
            RequestEvents<EmbeddingEvent> events) {
        this.id = id;
        this.inputs =
                IntStream.range(0, inputs.size())
                        .mapToObj(index -> new QueuedInput(id, index, inputs.get(index), priority))
                        .toList();
        this.dimensions = dimensions;
        this.unit = unit;
        this.vectors = new float[inputs.size()][];
        this.events = events;
        this.missing = inputs.size();
    }

    @Override
    public RequestId id() {
        return id;
    }

    List<QueuedInput> inputs() {
        return inputs;
    }

    /** Takes what the network gives for an input. Publishes the result after the last one. Returns whether it was the last. */
    boolean take(int index, float[] vector) {
        vectors[index] = Vectors.fit(vector, dimensions, unit);
        missing--;
        if (missing == 0) {
            events.emitLast(
                    new EmbeddingEvent.Finished(
                            Arrays.stream(vectors).toList(),
                            inputs.stream().mapToInt(QueuedInput::length).sum()));
        }
        return missing == 0;
    }

    @Override
    public boolean isListening() {
        return events.isListening();
    }

    @Override
    public void fail(EngineFailure failure) {
        events.emitLast(new EmbeddingEvent.Failed(failure));
    }

    @Override
    public void cancel() {
        events.emitLast(new EmbeddingEvent.Cancelled());
    }
}
