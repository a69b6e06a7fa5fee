package holt.benchmarks;

import holt.api.queue.history.OpenHistory;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.JobStore;
import holt.benchmarks.cluster.ClusterSettings;
import holt.benchmarks.cluster.EventGenerator;
import holt.benchmarks.cluster.LocalHolt;
import holt.benchmarks.cluster.MeasuredProcess;
import holt.benchmarks.report.Figures;
import holt.benchmarks.report.Machine;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.TopicExtent;
import holt.protocol.ModelName;
import holt.store.S3ObjectStore;
import holt.store.StoreSettings;
import holt.store.StoredKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A day of jobs in one API instance: how fast it folds them, what they cost, how soon it is ready again, and how it answers meanwhile. Argument:
 * the number of jobs, 8,600,000 if there is none.
 */
final class History {
    private static final List<String> API = List.of("-XX:+UseSerialGC", "-Xmx300m");
    private static final int LIVE_RATE = 500;
    private static final int QUESTIONS = 2_000;

    /** Until the process has compiled what it needs. */
    private static final int WARM_UP = 500;

    private History() {}

    public static void main(String[] args) throws Exception {
        long jobs = args.length == 0 ? 8_600_000 : Long.parseLong(args[0]);
        Path directory = Files.createTempDirectory("holt-benchmark");
        Path history = directory.resolve("history");
        System.out.printf(
                Locale.ROOT, "%,d jobs, one of twenty with a key, API with -Xmx300m%n%n", jobs);
        System.out.println("| what | figure |");
        System.out.println("|---|---|");
        try (var broker =
                new MeasuredProcess(
                        List.of("-XX:+UseSerialGC", "-Xmx768m"),
                        "broker",
                        directory.resolve("kafka").toString(),
                        Integer.toString(ClusterSettings.freePort()),
                        Integer.toString(ClusterSettings.freePort()))) {
            KafkaClients clients = ClusterSettings.clients(broker.ready());
            new EnsureTopics(clients, ClusterSettings.queues()).shared();
            try (var generator = new EventGenerator(clients)) {
                generator.write(jobs);
                generator.finish();
            }
            fold(broker, history, jobs);
            try (MeasuredProcess api = start("ready again after a stop", broker, history)) {
                answer(api, clients, jobs);
                // As kill -9 does.
                ProcessHandle.of(api.pid()).orElseThrow().destroyForcibly();
            }
            start("ready again after a kill", broker, history).close();
            lists(clients, history);
            snapshot(broker, history, directory);
        } finally {
            LocalHolt.delete(directory);
        }
        System.out.println("\n" + Machine.facts());
    }

    private static void fold(MeasuredProcess broker, Path history, long jobs) throws Exception {
        long begun = System.nanoTime();
        try (var api = new MeasuredProcess(API, "api", broker.ready(), history.toString())) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            row(
                    "fold, with the start of the process",
                    "%,.0f jobs/s, %.0f s",
                    jobs / seconds,
                    seconds);
            row(
                    "heap of the API: peak, live",
                    "%d MB, %d MB",
                    Long.parseLong(api.ask("peak-heap")) >> 20,
                    Long.parseLong(api.ask("live-heap")) >> 20);
            row("resident memory of the API", "%d MB", Machine.residentMb(api.pid()));
            long cpu = api.cpu().values().stream().mapToLong(Long::longValue).sum();
            row("CPU of the API's threads in Java", "%.0f µs a job", cpu / 1e3 / jobs);
        }
        row("disk", "%.0f bytes a job", size(history) / (double) jobs);
    }

    /** One instance stores a snapshot. Another without a history begins with it. */
    private static void snapshot(MeasuredProcess broker, Path history, Path directory)
            throws Exception {
        try (var store =
                        new MeasuredProcess(
                                List.of("-XX:+UseSerialGC", "-Xmx300m"),
                                "store",
                                directory.resolve("store").toString());
                var objects =
                        new S3ObjectStore(
                                StoreSettings.of(
                                        URI.create(store.ready()), ClusterSettings.KEYS))) {
            long begun = System.nanoTime();
            try (var _ = withSnapshots(broker, history, store)) {
                while (!hasSnapshot(objects)) {
                    LockSupport.parkNanos(100_000_000);
                }
                row(
                        "a snapshot is stored, after the start of the process",
                        "%.1f s",
                        (System.nanoTime() - begun) / 1e9);
            }
            begun = System.nanoTime();
            try (var _ = withSnapshots(broker, directory.resolve("new"), store)) {
                row("ready from a snapshot", "%.1f s", (System.nanoTime() - begun) / 1e9);
            }
        }
    }

    private static MeasuredProcess withSnapshots(
            MeasuredProcess broker, Path history, MeasuredProcess store) throws IOException {
        return new MeasuredProcess(
                API, "api", broker.ready(), history.toString(), store.ready(), "1h");
    }

    private static boolean hasSnapshot(S3ObjectStore objects) {
        try (Stream<StoredKey> keys = objects.list("history/")) {
            return keys.anyMatch(key -> key.key().contains("/manifests/"));
        }
    }

    private static MeasuredProcess start(String what, MeasuredProcess broker, Path history)
            throws IOException {
        long begun = System.nanoTime();
        var api = new MeasuredProcess(API, "api", broker.ready(), history.toString());
        row(what, "%.1f s", (System.nanoTime() - begun) / 1e9);
        return api;
    }

    /** Asks for random jobs while the instance folds others. */
    private static void answer(MeasuredProcess api, KafkaClients clients, long jobs)
            throws Exception {
        var random = new SplittableRandom(jobs);
        var millis = new double[QUESTIONS];
        var asking = new AtomicBoolean(true);
        Thread folding = Thread.ofPlatform().daemon().start(() -> writeLive(clients, asking));
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < WARM_UP; i++) {
                ask(http, api, EventGenerator.id(random.nextLong(jobs)));
            }
            for (int i = 0; i < QUESTIONS; i++) {
                long begun = System.nanoTime();
                ask(http, api, EventGenerator.id(random.nextLong(jobs)));
                millis[i] = (System.nanoTime() - begun) / 1e6;
                LockSupport.parkNanos(5_000_000);
            }
            long begun = System.nanoTime();
            ask(http, api, EventGenerator.id(0));
            row(
                    "the oldest job with a key and its result",
                    "%.1f ms",
                    (System.nanoTime() - begun) / 1e6);
        }
        asking.set(false);
        folding.join();
        row(
                "GET /v1/jobs/{id} of a random job at " + LIVE_RATE + " jobs/s: p50, p99",
                "%.1f ms, %.1f ms",
                Figures.percentile(millis, 0.5),
                Figures.percentile(millis, 0.99));
    }

    private static void ask(HttpClient http, MeasuredProcess api, String id) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + api.ready()
                                                        + "/v1/jobs/"
                                                        + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("A short answer.")) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    /** Other jobs, whose ids the questions do not name. */
    private static void writeLive(KafkaClients clients, AtomicBoolean asking) {
        try (var generator = EventGenerator.after(clients, 1L << 40)) {
            while (asking.get()) {
                generator.write(LIVE_RATE / 100);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static void lists(KafkaClients clients, Path history) {
        var random = new SplittableRandom(1);
        var millis = new double[200];
        TopicExtent log = TopicExtent.ask(clients, clients.topics().events());
        try (JobStore store = new OpenHistory(log, null).in(history)) {
            for (int i = 0; i < millis.length; i++) {
                JobFilter filter =
                        JobFilter.all()
                                .ofModel(new ModelName("model-" + random.nextInt(20)))
                                .in(JobStatus.COMPLETED);
                long begun = System.nanoTime();
                int found = store.list(filter, null, 100).jobs().size();
                millis[i] = (System.nanoTime() - begun) / 1e6;
                if (found != 100) {
                    throw new IllegalStateException(found + " jobs");
                }
            }
        }
        row(
                "the newest 100 of a model and a status: p50, p99, first",
                "%.1f ms, %.1f ms, %.1f ms",
                Figures.percentile(millis, 0.5),
                Figures.percentile(millis, 0.99),
                millis[0]);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".so"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void row(String what, String format, Object... figures) {
        System.out.println(
                "| " + what + " | " + String.format(Locale.ROOT, format, figures) + " |");
    }
}
