package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.script.RunLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How well jobs of mixed length fill the slots. */
@Tag("alone")
@Timeout(240)
class DispatchIT {
    private static final int SLOTS = 16;
    private static final int JOBS = 400;
    private static final int ROUNDS = 5;

    @TempDir Path directory;

    @Test
    @DisplayName("R41: jobs of mixed length fill sixteen slots")
    void jobsOfMixedLengthFillSixteenSlots() {
        try (var cluster = Cluster.onAnyBroker(directory);
                var chat = new Chat()) {
            // Given a warm system of 16 slots
            URI api = cluster.api().url();
            cluster.worker(SLOTS);
            var rounds = new Rounds(cluster, chat, api);
            rounds.millis("warm", IntStream.range(0, JOBS).mapToObj(_ -> 20).toList());

            // When all jobs come at once, some twenty times as long as the others
            List<Double> shares =
                    IntStream.range(0, ROUNDS)
                            .mapToObj(round -> {
                                String name = "r" + round;
                                List<Integer> lengths = lengths(new Random(round));
                                double took = rounds.millis(name, lengths);
                                return greedy(rounds.started(name, lengths)) / took;
                            })
                            .sorted()
                            .toList();

            // Then they take little longer than if each free slot got the next job at once
            System.out.println("dispatch, shares of the greedy optimum: " + shares);
            assertThat(shares.get(ROUNDS / 2)).isGreaterThanOrEqualTo(0.9);
        }
    }

    private record Rounds(Cluster cluster, Chat chat, URI api) {
        /**
         * The lengths in the order in which the jobs started. Requests sent at once arrive in any order, and with a long job at the end even
         * the best dispatch takes longer.
         */
        private List<Integer> started(String name, List<Integer> lengths) {
            String prefix = name + "-";
            return cluster.runs().stream()
                    .filter(run -> run.isStart() && run.nonce().startsWith(prefix))
                    .map(run ->
                            lengths.get(Integer.parseInt(run.nonce().substring(prefix.length()))))
                    .toList();
        }

        /** From the first start to the last end. */
        private double millis(String name, List<Integer> lengths) {
            List<CompletableFuture<Chat.Answer>> answers =
                    IntStream.range(0, lengths.size())
                            .mapToObj(i ->
                                    chat.askLater(
                                            api,
                                            "nonce=%s-%d sleep=%d"
                                                    .formatted(name, i, lengths.get(i))))
                            .toList();
            assertThat(answers.stream().map(answer -> answer.join().status())).containsOnly(200);
            var times =
                    cluster.runs().stream()
                            .filter(run -> run.nonce().startsWith(name + "-"))
                            .collect(Collectors.summarizingLong(RunLog.Run::millis));
            return times.getMax() - times.getMin();
        }
    }

    /** One in twenty takes 2 s, the others 50 to 150 ms. */
    private static List<Integer> lengths(Random random) {
        return IntStream.range(0, JOBS)
                .mapToObj(_ -> random.nextInt(20) == 0 ? 2000 : random.nextInt(50, 151))
                .toList();
    }

    /** The time that the jobs take if each goes, in their order, to the slot that is free first. */
    private static double greedy(List<Integer> lengths) {
        var free = new PriorityQueue<Integer>(IntStream.range(0, SLOTS).mapToObj(_ -> 0).toList());
        int last = 0;
        for (int length : lengths) {
            int end = free.remove() + length;
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }
}
