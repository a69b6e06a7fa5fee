package holt.worker;

import holt.worker.run.ModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an engine hangs or its device is broken. The lease of a hung job would be renewed for ever, and no thread can stop
 * native code; a dead process frees its jobs at once, and whoever started it starts another.
 */
final class WatchEngines implements AutoCloseable {
    /** Exit code of a process whose engine made no progress. */
    static final int STUCK = 70;

    /** Exit code of a process whose device does not work any more. */
    static final int BROKEN = 71;

    private static final Logger LOG = LoggerFactory.getLogger(WatchEngines.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final List<ModelRunner> runners;
    private final Duration stuckAfter;
    private final IntConsumer exit;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("watchdog").factory());

    /**
     * @param exit ends the process with that code, without waiting for anything
     */
    WatchEngines(List<ModelRunner> runners, Duration stuckAfter, IntConsumer exit) {
        this.runners = runners;
        this.stuckAfter = stuckAfter;
        this.exit = exit;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::look,
                        LOOK_EVERY.toMillis(),
                        LOOK_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        for (ModelRunner runner : runners) {
            if (runner.broken()) {
                end(
                        BROKEN,
                        runner,
                        "the device is broken; this process ends, and its jobs run elsewhere");
            } else if (runner.sinceProgress().compareTo(stuckAfter) > 0) {
                end(
                        STUCK,
                        runner,
                        "the engine makes no progress; this process ends, and its jobs run elsewhere");
            }
        }
    }

    private void end(int code, ModelRunner runner, String why) {
        LOG.atError()
                .addKeyValue("model", runner.model().name().value())
                .addKeyValue("exitCode", code)
                .log(why);
        exit.accept(code);
    }
}
