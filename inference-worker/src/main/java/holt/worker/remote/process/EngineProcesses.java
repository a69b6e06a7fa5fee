package holt.worker.remote.process;

import holt.worker.remote.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The engines that this worker starts by their commands. Closing it ends them. */
public final class EngineProcesses implements AutoCloseable {
    private static final long MOST_LOG_BYTES = 16 << 20;
    private static final String PORT = "{port}";

    private final List<EngineSettings> engines = new ArrayList<>();
    private final List<KeepRunning> processes = new ArrayList<>();

    private EngineProcesses() {}

    /**
     * Starts the commands and does not wait for them.
     *
     * @param engines those without a command stay as they are
     * @param directory for what the engines print
     */
    public static EngineProcesses start(List<EngineSettings> engines, Path directory) {
        var all = new EngineProcesses();
        for (EngineSettings engine : engines) {
            all.add(engine, directory);
        }
        all.processes.forEach(KeepRunning::start);
        return all;
    }

    /** All engines, each with its address. */
    public List<EngineSettings> engines() {
        return List.copyOf(engines);
    }

    private void add(EngineSettings engine, Path directory) {
        String command = engine.command();
        if (command == null) {
            engines.add(engine);
            return;
        }
        EngineSettings here = engine.url().getPort() == 0 ? engine.withPort(freePort()) : engine;
        int port = here.url().getPort();
        String filled = command.replace(PORT, Integer.toString(port));
        var log =
                new EngineLog(
                        directory.resolve("engine-" + engines.size() + ".log"), MOST_LOG_BYTES);
        engines.add(here);
        processes.add(
                new KeepRunning(
                        "127.0.0.1:" + port,
                        () -> SpawnEngine.start(filled),
                        log,
                        InstantSource.system(),
                        Thread::sleep));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free for an engine", e);
        }
    }

    @Override
    public void close() {
        processes.parallelStream().forEach(KeepRunning::close);
    }
}
