package holt.engine.image;

import java.time.Duration;
import java.util.function.Consumer;

/** A loaded model that draws. All methods may be called from any thread. */
public interface ImageEngine extends AutoCloseable {
    ImageModelInfo info();

    /**
     * Hands a request in. Does not wait for anything.
     *
     * @param events called in order on the engine's thread, so it must not block; what it throws cancels the request.
     *     After {@link #close}, called with {@link ImageEvent.Cancelled} on the calling thread
     */
    void submit(ImageRequest request, Consumer<ImageEvent> events);

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
