package holt.engine.embedding;

import holt.engine.Engine;
import java.util.function.Consumer;

/** A loaded embedding model. Any thread may call its methods. */
public interface EmbeddingEngine extends Engine {
    EmbeddingModelInfo info();

    /**
     * Submits a request. Encodes the texts on the calling thread, then returns.
     *
     * @param events receives one event, on the engine's thread, so it must not block. After {@link #close} it receives {@link
     *     EmbeddingEvent.Cancelled} on the calling thread
     */
    void submit(EmbeddingRequest request, Consumer<EmbeddingEvent> events);
}
