package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.Cluster;
import holt.benchmarks.cluster.MeasuredProcess;
import holt.benchmarks.cluster.ScriptedRunner;
import holt.benchmarks.report.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory and threads of an API process while many clients wait for jobs that do not end, and whether all get answers. Arguments: numbers of
 * clients.
 */
final class Waiting {
    private static final int SLOTS = 16;
    private static final Duration ALL_WITHIN = Duration.ofMinutes(2);

    private Waiting() {}

    public static void main(String[] args) throws Exception {
        List<Integer> numbers =
                args.length == 0
                        ? List.of(1000, 5000)
                        : List.of(args).stream().map(Integer::valueOf).toList();
        System.out.println("One API process with -Xmx768m, " + SLOTS + " slots\n");
        System.out.println(
                "| clients waiting | answered 200 | failed | live heap, MB | peak heap, MB | resident, MB | threads | all waiting after, s | all answered after, s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int clients : numbers) {
            measure(clients);
        }
        System.out.println("\n" + Machine.facts());
    }

    private static void measure(int clients) throws Exception {
        try (var cluster = new Cluster(SLOTS, 0, List.of("-XX:+UseSerialGC", "-Xmx768m"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            var answers = new ArrayList<Future<?>>();
            for (int i = 0; i < clients; i++) {
                answers.add(threads.submit(() -> hold(cluster.port())));
            }
            awaitAll(cluster.api(), clients);
            double waiting = (System.nanoTime() - begun) / 1e9;
            String liveHeap = cluster.api().ask("live-heap");
            String peakHeap = cluster.api().ask("peak-heap");
            long resident = Machine.residentMb(cluster.api().pid());
            String open = cluster.api().ask("threads");
            long released = System.nanoTime();
            cluster.worker().ask("release");
            int failed = 0;
            for (Future<?> answer : answers) {
                failed += failed(answer) ? 1 : 0;
            }
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "| %d | %d | %d | %d | %d | %d | %s | %.1f | %.1f |",
                            clients,
                            clients - failed,
                            failed,
                            Long.parseLong(liveHeap) >> 20,
                            Long.parseLong(peakHeap) >> 20,
                            resident,
                            open,
                            waiting,
                            (System.nanoTime() - released) / 1e9));
        }
    }

    private static boolean hold(int port) throws IOException {
        try (var connection = new ChatConnection(port)) {
            connection.chat(ScriptedRunner.HOLD);
            return true;
        }
    }

    private static void awaitAll(MeasuredProcess api, int clients) {
        long giveUp = System.nanoTime() + ALL_WITHIN.toNanos();
        while (Integer.parseInt(api.ask("waiting")) < clients) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException(
                        "only " + api.ask("waiting") + " of " + clients + " clients wait");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean failed(Future<?> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            System.err.println(e.getCause());
            return true;
        }
    }
}
