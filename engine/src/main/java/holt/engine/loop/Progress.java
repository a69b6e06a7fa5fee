package holt.engine.loop;

/** Receives what a step has done so far. */
public interface Progress {
    /** The model has done a step. Comes before the events of the step. */
    void stepDone();

    /** A part of a long step is over. Resets the watchdog's clock. */
    void partDone();
}
