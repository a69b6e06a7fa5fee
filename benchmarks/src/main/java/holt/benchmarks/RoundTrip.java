package holt.benchmarks;

import holt.benchmarks.cluster.ChatConnection;
import holt.benchmarks.cluster.Cluster;
import holt.benchmarks.cluster.RawClient;
import holt.benchmarks.cluster.RawSlots;
import holt.benchmarks.cluster.ThreadRoles;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * What Holt adds to Kafka. A chat over HTTP that runs in no time takes turns with a raw record through the same broker, the same kind of queue and
 * as many slots ({@link RawSlots}). Arguments, all optional: slots, rounds, requests of one client a round, seconds of many clients a round.
 */
final class RoundTrip {
    private static final int CLIENTS = 64;

    private final int slots;
    private final int rounds;
    private final int requests;
    private final int seconds;

    private RoundTrip(int[] arguments) {
        slots = arguments[0];
        rounds = arguments[1];
        requests = arguments[2];
        seconds = arguments[3];
    }

    /** One request and its answer. */
    interface Trip {
        void make(int client, long number) throws Exception;
    }

    /** @param cpu microseconds of CPU time a request, by process and role */
    record Load(double perSecond, double p50Ms, double p99Ms, Map<String, Double> cpu) {}

    public static void main(String[] args) throws Exception {
        int[] arguments = {16, 5, 1500, 6};
        for (int i = 0; i < args.length; i++) {
            arguments[i] = Integer.parseInt(args[i]);
        }
        new RoundTrip(arguments).measure();
    }

    private void measure() throws Exception {
        try (var cluster = new Cluster(slots, slots, List.of("-XX:+UseSerialGC", "-Xmx512m"));
                var raw = new RawClient(cluster.clients())) {
            var connections = new ArrayList<ChatConnection>();
            for (int i = 0; i < CLIENTS; i++) {
                var connection = new ChatConnection(cluster.port());
                // The API closes a connection within seconds if nobody has used it.
                connection.chat("0");
                connections.add(connection);
            }
            Trip http = (client, _) -> connections.get(client).chat("0");
            // Code that many rounds have used is compiled; code that one client has used is not.
            for (int i = 0; i < 2; i++) {
                many(raw::roundTrip, cluster);
                many(http, cluster);
            }
            oneClient(raw::roundTrip, http);
            manyClients(raw::roundTrip, http, cluster);
            for (ChatConnection connection : connections) {
                connection.close();
            }
        }
        System.out.println("\n" + Machine.facts());
    }

    private void oneClient(Trip raw, Trip http) throws Exception {
        var rawP50 = new ArrayList<Double>();
        var httpP50 = new ArrayList<Double>();
        var httpP99 = new ArrayList<Double>();
        var ratio = new ArrayList<Double>();
        one(raw);
        one(http);
        for (int i = 0; i < rounds; i++) {
            double floor = Figures.percentile(one(raw), 0.5);
            double[] trips = one(http);
            rawP50.add(floor);
            httpP50.add(Figures.percentile(trips, 0.5));
            httpP99.add(Figures.percentile(trips, 0.99));
            ratio.add(Figures.percentile(trips, 0.5) / floor);
        }
        System.out.println(
                "One client, %d slots, %d rounds of %d; medians of the rounds (least to most)\n"
                        .formatted(slots, rounds, requests));
        System.out.println("| | |\n|---|---|");
        System.out.println("| raw p50, ms | " + Figures.spread(rawP50, "%.2f") + " |");
        System.out.println("| Holt p50, ms | " + Figures.spread(httpP50, "%.2f") + " |");
        System.out.println("| Holt p99, ms | " + Figures.spread(httpP99, "%.2f") + " |");
        System.out.println("| Holt / raw, p50 | " + Figures.spread(ratio, "%.2f") + " |");
    }

    private void manyClients(Trip raw, Trip http, Cluster cluster) throws Exception {
        var rawLoads = new ArrayList<Load>();
        var httpLoads = new ArrayList<Load>();
        var ratio = new ArrayList<Double>();
        for (int i = 0; i < rounds; i++) {
            rawLoads.add(many(raw, cluster));
            httpLoads.add(many(http, cluster));
            ratio.add(httpLoads.getLast().perSecond / rawLoads.getLast().perSecond);
        }
        System.out.println(
                "\n%d clients, %d slots, %d rounds of %d s\n"
                        .formatted(CLIENTS, slots, rounds, seconds));
        System.out.println("| | raw | Holt |\n|---|---|---|");
        row("per second", rawLoads, httpLoads, Load::perSecond, "%.0f");
        row("p50, ms", rawLoads, httpLoads, Load::p50Ms, "%.1f");
        row("p99, ms", rawLoads, httpLoads, Load::p99Ms, "%.1f");
        System.out.println("| Holt / raw, per second | | " + Figures.spread(ratio, "%.2f") + " |");
        printCpu(rawLoads, httpLoads);
    }

    private static void row(
            String name,
            List<Load> raw,
            List<Load> http,
            ToDoubleFunction<Load> figure,
            String format) {
        System.out.println(
                "| %s | %s | %s |"
                        .formatted(
                                name,
                                Figures.spread(
                                        raw.stream().map(figure::applyAsDouble).toList(), format),
                                Figures.spread(
                                        http.stream().map(figure::applyAsDouble).toList(),
                                        format)));
    }

    /** Microseconds of CPU time a request, by role: the medians of the rounds. */
    private static void printCpu(List<Load> raw, List<Load> http) {
        var roles = new TreeMap<String, Double>();
        http.forEach(load -> load.cpu.keySet().forEach(role -> roles.put(role, cpu(http, role))));
        double all = roles.values().stream().mapToDouble(Double::doubleValue).sum();
        System.out.println("\nWhere the CPU time goes, microseconds a request\n");
        System.out.println(
                "| process - threads | raw | Holt | share of Holt's |\n|---|---|---|---|");
        roles.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(role -> role.getValue() >= 1)
                .forEach(role ->
                        System.out.println(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %.0f | %.0f | %.0f %% |",
                                        role.getKey(),
                                        cpu(raw, role.getKey()),
                                        role.getValue(),
                                        100 * role.getValue() / all)));
        double rawAll = roles.keySet().stream().mapToDouble(role -> cpu(raw, role)).sum();
        System.out.println(
                String.format(Locale.ROOT, "| all | %.0f | %.0f | 100 %% |", rawAll, all));
    }

    private static double cpu(List<Load> loads, String role) {
        return Figures.median(
                loads.stream().map(load -> load.cpu.getOrDefault(role, 0.0)).toList());
    }

    /** @return milliseconds of each trip */
    private double[] one(Trip trip) throws Exception {
        var times = new double[requests];
        for (int i = 0; i < requests; i++) {
            long begun = System.nanoTime();
            trip.make(0, begun);
            times[i] = (System.nanoTime() - begun) / 1e6;
        }
        return times;
    }

    private Load many(Trip trip, Cluster cluster) throws InterruptedException, ExecutionException {
        Map<String, Long> before = cpu(cluster);
        long begun = System.nanoTime();
        long end = begun + seconds * 1_000_000_000L;
        var times = new ArrayList<Double>();
        try (var clients =
                Executors.newFixedThreadPool(
                        CLIENTS, Thread.ofPlatform().name("client-", 0).factory())) {
            var running = new ArrayList<Future<List<Double>>>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                Callable<List<Double>> work = () -> trips(trip, client, end);
                running.add(clients.submit(work));
            }
            for (Future<List<Double>> client : running) {
                times.addAll(client.get());
            }
            double took = (System.nanoTime() - begun) / 1e9;
            var cpu = new TreeMap<String, Double>();
            cpu(cluster)
                    .forEach((role, nanos) ->
                            cpu.put(
                                    role,
                                    (nanos - before.getOrDefault(role, 0L)) / 1e3 / times.size()));
            double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
            return new Load(
                    times.size() / took,
                    Figures.percentile(all, 0.5),
                    Figures.percentile(all, 0.99),
                    cpu);
        }
    }

    private static List<Double> trips(Trip trip, int client, long end) throws Exception {
        var times = new ArrayList<Double>();
        for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
            trip.make(client, begun);
            times.add((System.nanoTime() - begun) / 1e6);
        }
        return times;
    }

    private static Map<String, Long> cpu(Cluster cluster) {
        var all = new TreeMap<String, Long>();
        cluster.parts().forEach(part -> all.putAll(part.cpu()));
        ThreadRoles.cpu().forEach((role, nanos) -> all.put("client - " + role, nanos));
        return all;
    }
}
