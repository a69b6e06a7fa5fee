package holt.engine.loop;

/**
 * A request on its way to the engine's thread.
 *
 * @param <R> the request type
 */
public sealed interface Submission<R extends ActiveRequest> {
    /** A request to run. */
    record Run<R extends ActiveRequest>(R request) implements Submission<R> {}

    /**
     * A request that the engine refuses.
     *
     * @param publish sends the failure to the request's consumer
     */
    record Reject<R extends ActiveRequest>(Runnable publish) implements Submission<R> {}
}
