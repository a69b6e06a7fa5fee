package holt.engine;

import java.time.Duration;

/** A loaded model with a thread of its own. All methods may be called from any thread. */
public interface Engine extends AutoCloseable {
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
