package holt.engine.text;

import holt.engine.Engine;
import java.util.function.Consumer;

/** A loaded model that answers. All methods may be called from any thread. */
public interface TextEngine extends Engine {
    TextModelInfo info();

    /**
     * Hands a request in. Encodes the prompt on the calling thread and does not wait for anything.
     *
     * @param events called in order on the engine's thread, so it must not block; what it throws cancels the request.
     *     After {@link #close}, called with {@link TextEvent.Cancelled} on the calling thread
     */
    void submit(TextRequest request, Consumer<TextEvent> events);
}
