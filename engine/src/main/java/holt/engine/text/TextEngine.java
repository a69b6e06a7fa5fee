package holt.engine.text;

import holt.engine.Engine;
import holt.engine.RequestId;
import java.util.function.Consumer;

/** A loaded text model. Any thread may call its methods. */
public interface TextEngine extends Engine {
    TextModelInfo info();

    /**
     * Submits a request. Encodes the prompt on the calling thread, then returns.
     *
     * @param events receives the events in order on the engine's thread, so it must not block. An exception cancels the
     *     request. After {@link #close} it receives {@link TextEvent.Cancelled} on the calling thread
     */
    void submit(TextRequest request, Consumer<TextEvent> events);

    /**
     * Ends a request within one step, with what it has: {@link TextEvent.Finished}, and {@link FinishReason#LENGTH} for each
     * completion that has not ended. A request without any token goes on to its first one. Does nothing if the request is unknown
     * or has ended.
     */
    void cutShort(RequestId id);
}
