package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.ClusterSettings;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.cluster.MeasuredProcess;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.standalone.embedded.EmbeddedStore;
import holt.store.StoreKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The time from {@code ./holt up} to the first answer of the built-in model, and the memory of an idle API process. Run it in the repository's root.
 * Argument, optional: rounds.
 */
final class Start {
    private static final String MODEL = "holt-chat";
    private static final Path ARCHIVE = Path.of("standalone/target/holt.jsa");
    private static final Duration GIVE_UP = Duration.ofMinutes(3);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private Start() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        var first = new ArrayList<Double>();
        var fresh = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        var idle = new ArrayList<Double>();
        // Builds Holt if it is stale, outside the measurement.
        var build = Files.createTempDirectory("holt-start");
        Process built = LocalHolt.start(List.of("up", "--workers", "0", "--port", "0"), build);
        LocalHolt.awaitReady(built);
        LocalHolt.stop(built);
        LocalHolt.delete(build);
        for (int i = 0; i < rounds; i++) {
            Path data = Files.createTempDirectory("holt-start");
            Files.deleteIfExists(ARCHIVE);
            first.add(secondsToAnswer(data));
            LocalHolt.delete(data);
            data = Files.createTempDirectory("holt-start");
            fresh.add(secondsToAnswer(data));
            again.add(secondsToAnswer(data));
            LocalHolt.delete(data);
            idle.add((double) idleMb());
        }
        System.out.println("%d rounds; medians (least to most)\n".formatted(rounds));
        System.out.println("| | |\n|---|---|");
        row("`./holt up` to first answer, s: the first time after a build", first, "%.1f");
        row("later, new data directory", fresh, "%.1f");
        row("later, same data directory", again, "%.1f");
        row("`./holt api`, resident after " + IDLE.toSeconds() + " s idle, MB", idle, "%.0f");
        System.out.println("\n" + Machine.facts());
    }

    private static void row(String name, List<Double> values, String format) {
        System.out.println("| " + name + " | " + Figures.spread(values, format) + " |");
    }

    private static double secondsToAnswer(Path data) throws Exception {
        int port = ClusterSettings.freePort();
        long begun = System.nanoTime();
        Process holt = LocalHolt.start(List.of("up", "--port", Integer.toString(port)), data);
        try {
            awaitAnswer(port, MODEL, holt);
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            LocalHolt.stop(holt);
        }
    }

    private static void awaitAnswer(int port, String model, Process holt) {
        long giveUp = System.nanoTime() + GIVE_UP.toNanos();
        while (true) {
            try (var connection = new ChatConnection(port)) {
                connection.send(model, "Hello!", 16);
                connection.receive();
                return;
            } catch (IOException e) {
                if (System.nanoTime() - giveUp > 0 || !holt.isAlive()) {
                    throw new IllegalStateException("no answer; the log above says why", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private static long idleMb() throws Exception {
        Path data = Files.createTempDirectory("holt-start");
        try (var broker =
                        new MeasuredProcess(
                                List.of("-XX:+UseSerialGC", "-Xmx512m"),
                                "broker",
                                data.toString(),
                                Integer.toString(ClusterSettings.freePort()),
                                Integer.toString(ClusterSettings.freePort()));
                var store =
                        EmbeddedStore.start(
                                data.resolve("objects"),
                                ClusterSettings.freePort(),
                                new StoreKeys("none", "none"))) {
            Process api =
                    LocalHolt.start(
                            List.of(
                                    "api",
                                    "--kafka",
                                    broker.ready(),
                                    "--s3",
                                    store.endpoint().toString(),
                                    "--port",
                                    "0"),
                            null);
            try {
                LocalHolt.awaitReady(api);
                LockSupport.parkNanos(IDLE.toNanos());
                return Machine.residentMb(api.pid());
            } finally {
                LocalHolt.stop(api);
            }
        } finally {
            LocalHolt.delete(data);
        }
    }
}
