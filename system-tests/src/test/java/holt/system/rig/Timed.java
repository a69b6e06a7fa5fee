package holt.system.rig;

import java.time.Duration;

/** Measures, and prints what it measured: the figures of {@code docs/faults.md}. */
public final class Timed {
    private final long begun = System.nanoTime();

    private Timed() {}

    public static Timed now() {
        return new Timed();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** One figure, for people. */
    public static void print(String what, Object figure) {
        System.out.println("figure: " + what + ": " + figure);
    }
}
