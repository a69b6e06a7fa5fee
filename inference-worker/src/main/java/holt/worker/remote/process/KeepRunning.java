package holt.worker.remote.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an engine's process running: starts it, and again after it has ended, each time later if it ends soon. Closing it ends the process. */
final class KeepRunning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeepRunning.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** After so long a run, the next start waits for the shortest time again. */
    private static final Duration GOOD_RUN = Duration.ofMinutes(1);

    /** The shell in between gives the engine 10 s. */
    private static final Duration END_WITHIN = Duration.ofSeconds(12);

    /** Starts the process. */
    @FunctionalInterface
    interface Spawn {
        Process start() throws IOException;
    }

    /** Waits before the next start. */
    @FunctionalInterface
    interface Sleep {
        void of(Duration time) throws InterruptedException;
    }

    private final String name;
    private final Spawn spawn;
    private final EngineLog log;
    private final InstantSource clock;
    private final Sleep sleep;
    private final Thread thread;
    private @Nullable Process process;
    private boolean closed;

    /** @param name of the engine, for logs */
    KeepRunning(String name, Spawn spawn, EngineLog log, InstantSource clock, Sleep sleep) {
        this.name = name;
        this.spawn = spawn;
        this.log = log;
        this.clock = clock;
        this.sleep = sleep;
        this.thread = Thread.ofPlatform().daemon().name("engine-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration wait = SHORTEST_WAIT;
        try {
            while (!isClosed()) {
                Instant started = clock.instant();
                String end = runOnce();
                if (isClosed()) {
                    return;
                }
                if (Duration.between(started, clock.instant()).compareTo(GOOD_RUN) >= 0) {
                    wait = SHORTEST_WAIT;
                }
                LOG.atWarn()
                        .addKeyValue("engine", name)
                        .addKeyValue("end", end)
                        .addKeyValue("printed", log.file())
                        .addKeyValue("waitMs", wait.toMillis())
                        .log("an engine's command has ended; it starts again after the wait");
                sleep.of(wait);
                wait = wait.multipliedBy(2);
                wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            }
        } catch (InterruptedException e) {
            // Closed while it waits.
        }
    }

    /** Returns how the process ended. */
    private String runOnce() throws InterruptedException {
        Process started;
        try {
            started = spawn.start();
        } catch (IOException e) {
            return "it cannot be started: " + e.getMessage();
        }
        if (!take(started)) {
            end(started);
            return "closed";
        }
        LOG.atInfo()
                .addKeyValue("engine", name)
                .addKeyValue("printed", log.file())
                .log("an engine's command has started");
        keep(started.getInputStream());
        end(started);
        return "code " + started.waitFor();
    }

    /** Returns once the engine has ended. */
    private void keep(InputStream printed) {
        try {
            log.copy(printed);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("engine", name)
                    .addKeyValue("reason", e.getMessage())
                    .log("what an engine prints cannot be kept; the engine runs on without");
            try {
                printed.transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                // The engine has ended.
            }
        }
    }

    private synchronized boolean take(Process started) {
        process = started;
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Closing its standard input ends the engine. */
    private static void end(Process process) throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
        }
        if (!process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Ends the process and waits for that. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        try {
            if (last != null) {
                end(last);
            }
            thread.interrupt();
            thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
