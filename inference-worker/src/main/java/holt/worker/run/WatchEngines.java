package holt.worker.run;

import holt.worker.models.ModelRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an engine hangs or its device is broken. No thread can stop native code, and the worker's heartbeats would list a
 * hung job's claim forever. A dead process's jobs run elsewhere, and its supervisor starts a new one.
 */
public final class WatchEngines implements AutoCloseable {
    /** Exit code after an engine made no progress. */
    static final int STUCK = 70;

    /** Exit code after a device failed for good. */
    static final int BROKEN = 71;

    private static final Logger LOG = LoggerFactory.getLogger(WatchEngines.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final List<ModelRunner> runners;
    private final Duration stuckAfter;
    private final IntConsumer exit;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("watchdog").factory());

    /** @param exit ends the process with that code and waits for nothing */
    public WatchEngines(List<ModelRunner> runners, Duration stuckAfter, IntConsumer exit) {
        this.runners = List.copyOf(runners);
        this.stuckAfter = stuckAfter;
        this.exit = exit;
    }

    public void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void check() {
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
