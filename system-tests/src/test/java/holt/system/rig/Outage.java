package holt.system.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long something is away: the time is the fault, and what the test does meanwhile is up to it. */
public final class Outage {
    private final long begun = System.nanoTime();
    private final Duration length;

    private Outage(Duration length) {
        this.length = length;
    }

    public static Outage of(Duration length) {
        return new Outage(length);
    }

    public boolean isOver() {
        return System.nanoTime() - begun >= length.toNanos();
    }

    /** Waits for its end. */
    public void sitOut() {
        while (!isOver()) {
            LockSupport.parkNanos(length.toNanos() - (System.nanoTime() - begun));
        }
    }
}
