package holt.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.check.Load;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two API instances, three workers, mixed traffic, and a fault each twenty seconds: {@code mvn verify -Psoak -Dminutes=N -pl system-tests -am}.
 * {@code -Dseed=N} repeats the faults.
 */
@Tag("soak")
@Timeout(value = 24, unit = TimeUnit.HOURS)
class SoakIT {
    private static final int CLIENTS = 24;
    private static final int SLOTS = 8;
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(20);

    @TempDir Path directory;

    @Test
    void nothingIsLostWhateverBreaks() {
        Duration length = Duration.ofMinutes(Long.getLong("minutes", 3));
        long seed = Long.getLong("seed", new Random().nextInt());
        System.out.println("soak: seed " + seed);
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            IntStream.range(0, 2).forEach(_ -> cluster.api());
            IntStream.range(0, 3).forEach(_ -> cluster.worker(SLOTS));
            var faults = new Faults(cluster, new Random(seed));
            var stats = new LinkedHashMap<Long, ProcessStats>();

            // When
            Pause soak = Pause.of(length);
            Load load = new Load(cluster, chat, CLIENTS, SoakIT::script);
            try (load;
                    var _ = new DisconnectingClients(cluster)) {
                while (!soak.isOver()) {
                    Pause calm = Pause.of(BETWEEN_FAULTS);
                    faults.next();
                    calm.await();
                    for (Cluster.Api api : cluster.apis()) {
                        stats.computeIfAbsent(api.process().pid(), ProcessStats::new).sample();
                    }
                }
            }

            // Then
            var figures =
                    new Invariants(cluster, chat)
                            .check(
                                    new Invariants.Broken(
                                            faults.brokerCrashes(), faults.apiInstancesKilled()));
            print(load, figures, stats);
            assertThat(figures.accepted()).isPositive();
        }
    }

    private static void print(
            Load load, Invariants.Figures figures, Map<Long, ProcessStats> stats) {
        System.out.println("soak: sent                       " + figures.sent());
        System.out.println("soak: accepted jobs              " + figures.accepted());
        System.out.println("soak: answered with success      " + load.answered());
        System.out.println("soak: answered at all            " + figures.answered());
        System.out.println("soak: lost                       0");
        System.out.println("soak: jobs run more than once    " + figures.ranAgain());
        System.out.println("soak: later Finished events      " + figures.laterOutcomes());
        System.out.println("soak: longest gap without answer " + load.longestGap());
        stats.forEach((pid, it) -> System.out.println("soak: API " + pid + "  " + it));
    }

    /** Answers of up to half a second, a third of them streams, and some of a hundred kilobytes in or out. */
    private static String script(int number) {
        String size =
                switch (number % 20) {
                    case 7 -> "words=12000";
                    case 13 -> "words=3 " + "x".repeat(100_000);
                    default -> "words=5";
                };
        boolean stream = number % 3 == 0 && number % 20 != 7;
        return "sleep=%d stream=%s %s".formatted(number * 37 % 500, stream, size);
    }
}
