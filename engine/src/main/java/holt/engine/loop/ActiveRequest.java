package holt.engine.loop;

import holt.engine.EngineFailure;
import holt.engine.RequestId;

/** A request that a batch loop works on. Only the engine's thread uses it. */
public interface ActiveRequest {
    RequestId id();

    /** Whether the consumer of the events still takes them. */
    boolean isListening();

    /** Publishes the failure as the last event. */
    void fail(EngineFailure failure);

    /** Publishes what there is as the result. Returns whether it did: a request without anything goes on. */
    default boolean cutShort() {
        return false;
    }

    /** Publishes the cancellation as the last event. */
    void cancel();
}
