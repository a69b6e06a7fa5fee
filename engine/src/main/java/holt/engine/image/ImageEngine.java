package holt.engine.image;

import holt.engine.Engine;
import java.util.function.Consumer;

/** A loaded image model. Any thread may call its methods. */
public interface ImageEngine extends Engine {
    ImageModelInfo info();

    /**
     * Submits a request and returns at once.
     *
     * @param events receives the events in order on the engine's thread, so it must not block. An exception cancels the
     *     request. After {@link #close} it receives {@link ImageEvent.Cancelled} on the calling thread
     */
    void submit(ImageRequest request, Consumer<ImageEvent> events);
}
