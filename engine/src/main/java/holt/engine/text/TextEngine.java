package holt.engine.text;

import java.time.Duration;
import java.util.function.Consumer;

/** A loaded model that answers. All methods may be called from any thread. */
public interface TextEngine extends AutoCloseable {
    TextModelInfo info();

    /**
     * Hands a request in. Encodes the prompt on the calling thread and does not wait for anything.
     *
     * @param events called in order on the engine's thread, so it must not block; what it throws cancels the request.
     *     After {@link #close}, called with {@link TextEvent.Cancelled} on the calling thread
     */
    void submit(TextRequest request, Consumer<TextEvent> events);

    /** Ends a request within one step. Unknown or finished ones are ignored. */
    void cancel(String id);

    /** Steps done since the start. */
    long stepsDone();

    /** How long ago a step last ended while there is work; zero when there is none. For a watchdog. */
    Duration sinceProgress();

    /** Cancels everything, ends the thread and frees the model. */
    @Override
    void close();
}
