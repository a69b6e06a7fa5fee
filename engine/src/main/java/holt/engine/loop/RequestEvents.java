package holt.engine.loop;

import holt.engine.RequestId;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one request to its consumer. A consumer that throws loses its request, and only that.
 *
 * @param <E> the event type
 */
public final class RequestEvents<E> {
    private static final Logger log = LoggerFactory.getLogger(RequestEvents.class);

    private final RequestId id;
    private final Consumer<E> consumer;
    private boolean listening = true;

    public RequestEvents(RequestId id, Consumer<E> consumer) {
        this.id = id;
        this.consumer = consumer;
    }

    /** Whether the consumer has not thrown so far. */
    public boolean isListening() {
        return listening;
    }

    /** Sends an event, unless the consumer has thrown. */
    public void emit(E event) {
        if (listening) {
            emitLast(event);
        }
    }

    /** Sends the event that ends the request, also to a consumer that has thrown. */
    public void emitLast(E event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException e) {
            listening = false;
            log.atError()
                    .addKeyValue("request", id)
                    .setCause(e)
                    .log("A consumer of events failed; its request ends");
        }
    }
}
