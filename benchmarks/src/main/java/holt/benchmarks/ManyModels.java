package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.ClusterSettings;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.report.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * {@code ./holt up} with many copies of the built-in chat model: its start, an answer of each, and the processor time of all while idle,
 * once the compiler has had time to finish. Run it in the repository's root. Arguments, optional: models, and minutes of idling before the
 * measurement.
 */
final class ManyModels {
    private static final Path MODEL = Path.of("models/holt-chat");
    private static final Duration IDLE = Duration.ofSeconds(30);

    private ManyModels() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        var settle = Duration.ofMinutes(args.length > 1 ? Integer.parseInt(args[1]) : 10);
        Path directory = Files.createTempDirectory("holt-models");
        for (int i = 0; i < count; i++) {
            copy(directory.resolve("models/m" + i));
        }
        int port = ClusterSettings.freePort();
        long begun = System.nanoTime();
        Process holt =
                LocalHolt.start(
                        List.of(
                                "up",
                                "--port",
                                Integer.toString(port),
                                "--models",
                                directory.resolve("models").toString()),
                        directory.resolve("data"),
                        Map.of("HOLT_WORKER_SLOTS", "2", "HOLT_WORKER_CACHE_MEMORY", "8MB"));
        try {
            LocalHolt.awaitReady(holt);
            double ready = (System.nanoTime() - begun) / 1e9;
            long asked = System.nanoTime();
            try (var connection = new ChatConnection(port)) {
                for (int i = 0; i < count; i++) {
                    connection.send("m" + i, "Hello!", 4);
                    connection.receive();
                }
            }
            double answered = (System.nanoTime() - asked) / 1e9;
            LockSupport.parkNanos(settle.toNanos());
            Duration before = cpu(holt);
            LockSupport.parkNanos(IDLE.toNanos());
            double idle = (double) cpu(holt).minus(before).toMillis() / IDLE.toMillis();
            System.out.println("| models | ready, s | an answer of each, s | idle, cores |");
            System.out.println("|---|---|---|---|");
            System.out.println(
                    "| %d | %.1f | %.1f | %.3f |".formatted(count, ready, answered, idle));
        } finally {
            LocalHolt.stop(holt);
            LocalHolt.delete(directory);
        }
        System.out.println("\n" + Machine.facts());
    }

    private static void copy(Path to) throws Exception {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Of the process and all that it has started. */
    private static Duration cpu(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
