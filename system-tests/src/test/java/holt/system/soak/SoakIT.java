package holt.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.ThreeBrokers;
import holt.system.rig.check.Invariants;
import holt.system.rig.check.Load;
import holt.system.rig.check.WaitingCounts;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Pause;
import holt.system.rig.topics.JobEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two API instances, three workers, mixed traffic, and a fault each twenty seconds: {@code mvn verify -Psoak -Dsoak.minutes=N -pl
 * system-tests -am}. {@code -Dsoak.brokers=3} runs it on three brokers. {@code -Dsoak.seed=N} repeats the faults.
 */
@Tag("soak")
@Timeout(value = 24, unit = TimeUnit.HOURS)
class SoakIT {
    private static final int CLIENTS = 24;
    private static final int SLOTS = 8;
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(20);

    /** A worker that was frozen, or waited for a broker, may still start a job this long after another has ended it. */
    private static final Duration LATE = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void nothingIsLostWhateverBreaks() {
        Duration length = Duration.ofMinutes(Long.getLong("soak.minutes", 3));
        long seed = Long.getLong("soak.seed", new Random().nextInt());
        boolean three = Integer.getInteger("soak.brokers", 1) == ThreeBrokers.NODES.size();
        print("seed", seed);
        try (var cluster = three ? Cluster.onThreeBrokers(directory) : new Cluster(directory);
                var chat = new Chat()) {
            // Given
            IntStream.range(0, 2).forEach(_ -> cluster.api());
            IntStream.range(0, 3).forEach(_ -> cluster.worker(SLOTS));
            var faults =
                    new Faults(
                            cluster,
                            three ? Fault.ON_THREE_BROKERS : Fault.ON_ONE_BROKER,
                            new Random(seed));
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
            var broken = new BrokenStreams(chat.log().ended(), faults.past());
            print("faults", faults);
            print("answered with success", load.answered());
            print("longest gap without answer", load.longestGap());
            print("broken streams", broken);
            stats.forEach((pid, it) -> print("API " + pid, it));
            var figures = new Invariants(cluster, chat).check(faults.broken());
            print("sent", figures.sent());
            print("answered at all", figures.answered());
            print("accepted jobs", figures.accepted());
            print("jobs run more than once", figures.ranAgain());
            print("later Finished events", figures.laterOutcomes());
            assertThat(figures.accepted()).isPositive();
            if (three) {
                nothingWasForgotten(cluster, broken);
            }
        }
    }

    /** One broker alone may forget what it has confirmed. Three may not. */
    private static void nothingWasForgotten(Cluster cluster, BrokenStreams broken) {
        JobEvents events = JobEvents.read(cluster.clients());
        print("jobs with a run claimed twice", events.withRepeatedRun().size());
        assertThat(broken.withoutCause()).as("streams that a planned move broke").isEmpty();
        assertThat(events.startedAfterEnd(LATE))
                .as("I3: jobs that started again long after their end")
                .isEmpty();
        new WaitingCounts(cluster).check();
    }

    private static void print(String what, Object figure) {
        System.out.println("soak: " + what + ": " + figure);
    }

    /**
     * Answers of up to half a second, a third of them streams, and some of a hundred kilobytes in or out. Some streams last for three
     * seconds, and no second run could continue them.
     */
    private static String script(int number) {
        String size =
                switch (number % 20) {
                    case 7 -> "words=12000";
                    case 13 -> "words=3 " + "x".repeat(100_000);
                    default -> "words=5";
                };
        if (number % 12 == 0) {
            return "sleep=3000 stream=true varied=true words=30";
        }
        boolean stream = number % 3 == 0 && number % 20 != 7;
        return "sleep=%d stream=%s %s".formatted(number * 37 % 500, stream, size);
    }
}
