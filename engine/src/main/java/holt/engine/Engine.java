package holt.engine;

import java.time.Duration;

/** A loaded model with its own thread. Any thread may call these methods. */
public interface Engine extends AutoCloseable {
    /** Ends a request within one step. Does nothing if the request is unknown or has ended. */
    void cancel(RequestId id);

    /** The number of steps since the start. */
    long stepsDone();

    /** The time since the last step ended, for a watchdog. Zero while the engine has no work. */
    Duration sinceProgress();

    /** Cancels all requests, stops the thread and frees the model. */
    @Override
    void close();
}
