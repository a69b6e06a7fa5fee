package holt.worker.remote.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Starts an engine's command, between which and the worker a shell stands. */
final class SpawnEngine {
    private static final String SHELL = shell();

    /** Settings and secrets of this worker. */
    private static final String OURS = "HOLT_";

    private SpawnEngine() {}

    /**
     * Closing the process's standard input ends the engine.
     *
     * @param command as {@code sh} reads it, one program
     */
    static Process start(String command) throws IOException {
        var builder =
                new ProcessBuilder("sh", "-c", SHELL, "engine", command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith(OURS));
        return builder.start();
    }

    private static String shell() {
        try (InputStream in = SpawnEngine.class.getResourceAsStream("engine.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
