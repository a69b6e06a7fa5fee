package holt.system.rig.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A span of time that begins now: how long a fault lasts, or how long a client backs off. */
public final class Pause {
    private final long started = System.nanoTime();
    private final Duration length;

    private Pause(Duration length) {
        this.length = length;
    }

    public static Pause of(Duration length) {
        return new Pause(length);
    }

    public boolean isOver() {
        return System.nanoTime() - started >= length.toNanos();
    }

    /** Waits for its end. */
    public void await() {
        while (!isOver()) {
            LockSupport.parkNanos(length.toNanos() - (System.nanoTime() - started));
        }
    }
}
