package holt.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process of {@code ./holt}. The benchmark must run in the repository's root. */
public final class LocalHolt {
    private LocalHolt() {}

    public static Process start(List<String> arguments, @Nullable Path data) throws IOException {
        return start(arguments, data, Map.of());
    }

    /**
     * @param data the data directory; null for none
     * @param settings environment variables
     */
    public static Process start(
            List<String> arguments, @Nullable Path data, Map<String, String> settings)
            throws IOException {
        var command = new ArrayList<String>(List.of("./holt"));
        command.addAll(arguments);
        if (data != null) {
            command.addAll(List.of("--data", data.toString()));
        }
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of("HOLT_S3_ACCESS_KEY", "none", "HOLT_S3_SECRET_KEY", "none"));
        builder.environment().putAll(settings);
        return builder.start();
    }

    /** Returns when Holt is ready. */
    public static void awaitReady(Process process) throws IOException {
        var out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(" is ready")) {
                return;
            }
        }
        throw new IOException("./holt has ended; the log above says why");
    }

    public static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }

    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
