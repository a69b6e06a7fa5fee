package holt.kafka;

import java.util.concurrent.atomic.AtomicInteger;

/** Ends the process in order: its shutdown hooks drain it first. */
public final class EndProcess {
    private static final AtomicInteger CODE = new AtomicInteger();

    private EndProcess() {}

    /** Begins to end the process, and returns at once. */
    public static void with(int code) {
        CODE.set(code);
        Thread.ofPlatform().daemon().name("exit").start(() -> System.exit(code));
    }

    /** The code for a shutdown hook that halts the process: 0 after a signal. */
    public static int code() {
        return CODE.get();
    }
}
