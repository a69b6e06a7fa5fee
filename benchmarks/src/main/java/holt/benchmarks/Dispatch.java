package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.Cluster;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How well jobs of mixed length fill the slots: the time of a greedy scheduler without any cost, divided by the time taken. All requests come at
 * once. Arguments, both optional: rounds, jobs.
 */
final class Dispatch {
    private static final int SLOTS = 16;
    private static final int SHORT_MILLIS = 100;
    private static final int LONG_MILLIS = 2000;
    private static final double LONG_SHARE = 0.05;

    private Dispatch() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int jobs = args.length > 1 ? Integer.parseInt(args[1]) : 640;
        var shares = new ArrayList<Double>();
        System.out.println(
                "%d jobs at once, %.0f %% of %d ms and the others of %d ms, %d slots\n"
                        .formatted(jobs, 100 * LONG_SHARE, LONG_MILLIS, SHORT_MILLIS, SLOTS));
        System.out.println("| round | greedy, s | Holt, s | greedy / Holt |\n|---|---|---|---|");
        try (var cluster = new Cluster(SLOTS, 0, List.of("-XX:+UseSerialGC", "-Xmx512m"))) {
            run(cluster, IntStream.generate(() -> 1).limit(1000).boxed().toList());
            for (int round = 1; round <= rounds; round++) {
                List<Integer> lengths = lengths(jobs, new Random(round));
                double greedy = greedy(lengths);
                double taken = run(cluster, lengths);
                shares.add(greedy / taken);
                System.out.println(
                        String.format(
                                Locale.ROOT,
                                "| %d | %.2f | %.2f | %.3f |",
                                round,
                                greedy,
                                taken,
                                greedy / taken));
            }
        }
        System.out.println("\nMedian " + Figures.spread(shares, "%.3f"));
        System.out.println("\n" + Machine.facts());
    }

    private static List<Integer> lengths(int jobs, Random random) {
        return random.doubles(jobs)
                .mapToObj(share -> share < LONG_SHARE ? LONG_MILLIS : SHORT_MILLIS)
                .toList();
    }

    /** @return seconds if each job, in order, goes to the slot that is free first */
    private static double greedy(List<Integer> lengths) {
        var free = new PriorityQueue<Integer>();
        IntStream.range(0, SLOTS).forEach(_ -> free.add(0));
        int end = 0;
        for (int length : lengths) {
            int ends = free.remove() + length;
            free.add(ends);
            end = Math.max(end, ends);
        }
        return end / 1e3;
    }

    /** @return seconds from the first request to the last answer */
    private static double run(Cluster cluster, List<Integer> lengths) throws Exception {
        var connections = new ArrayList<ChatConnection>();
        for (int i = 0; i < lengths.size(); i++) {
            connections.add(new ChatConnection(cluster.port()));
        }
        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (int i = 0; i < lengths.size(); i++) {
                ChatConnection connection = connections.get(i);
                String script = Integer.toString(lengths.get(i));
                answers.add(clients.submit(() -> chat(connection, script)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static boolean chat(ChatConnection connection, String script) throws IOException {
        try (connection) {
            connection.chat(script);
            return true;
        }
    }
}
