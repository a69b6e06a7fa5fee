package holt.api;

import java.time.Duration;
import java.util.concurrent.Future;

/** Runs actions later, one after the other. No action may block. */
public interface Timer {
    /** Runs the action once. Cancelling the future prevents it. */
    Future<?> after(Duration delay, Runnable action);

    /** Runs the action again and again, with that pause before each run. An exception does not end the series. */
    void every(Duration pause, Runnable action);
}
