package holt.system.rig.time;

import java.time.Duration;

/** Measures a span of time that begins now. */
public final class Stopwatch {
    private final long started = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Prints a figure of {@code docs/faults.md}. */
    public static void print(String what, Object figure) {
        System.out.println("figure: " + what + ": " + figure);
    }
}
