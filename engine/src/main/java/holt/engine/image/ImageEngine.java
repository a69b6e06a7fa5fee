package holt.engine.image;

import holt.engine.Engine;
import java.util.function.Consumer;

/** A loaded model that draws. All methods may be called from any thread. */
public interface ImageEngine extends Engine {
    ImageModelInfo info();

    /**
     * Hands a request in. Does not wait for anything.
     *
     * @param events called in order on the engine's thread, so it must not block; what it throws cancels the request.
     *     After {@link #close}, called with {@link ImageEvent.Cancelled} on the calling thread
     */
    void submit(ImageRequest request, Consumer<ImageEvent> events);
}
