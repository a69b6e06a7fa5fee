package holt.benchmarks.cluster;

import holt.api.ApiApplication;
import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.standalone.embedded.BrokerPorts;
import holt.standalone.embedded.EmbeddedBroker;
import holt.standalone.embedded.EmbeddedStore;
import holt.store.S3ObjectStore;
import holt.store.StoreSettings;
import holt.worker.ServeUntilDrained;
import holt.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The main program of a {@link MeasuredProcess}. Arguments: {@code broker DIRECTORY PORT CONTROLLER_PORT}, {@code store DIRECTORY}, {@code api KAFKA HISTORY
 * [STORE SNAPSHOT_EVERY]}, or {@code worker KAFKA SLOTS RAW_SLOTS}.
 */
final class MeasuredMain {
    /** The beginning of each answer on standard output. Other lines do not count. */
    static final String ANSWER = "> ";

    private MeasuredMain() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        switch (args[0]) {
            case "broker" -> broker(args);
            case "store" -> store(args);
            case "api" -> api(args);
            case "worker" -> worker(args);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    private static void broker(String[] args) throws IOException {
        var ports = new BrokerPorts(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        try (var broker = EmbeddedBroker.start(Path.of(args[1]), ports)) {
            converse(broker.bootstrap(), MeasuredMain::common);
        }
    }

    private static void store(String[] args) throws Exception {
        try (var store =
                EmbeddedStore.start(
                        Path.of(args[1]), ClusterSettings.freePort(), ClusterSettings.KEYS)) {
            converse(store.endpoint().toString(), MeasuredMain::common);
        }
    }

    private static void api(String[] args) throws IOException {
        try (ConfigurableApplicationContext context =
                ApiApplication.start(
                        "--server.port=0",
                        "--holt.kafka.bootstrap=" + args[1],
                        "--holt.history.directory=" + args[2],
                        "--holt.history.snapshot-every=" + (args.length > 3 ? args[4] : "0s"),
                        "--holt.store.endpoint="
                                + (args.length > 3 ? args[3] : ClusterSettings.NO_STORE),
                        "--holt.store.access-key=none",
                        "--holt.store.secret-key=none")) {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            converse(
                    context.getEnvironment().getRequiredProperty("local.server.port"),
                    question ->
                            question.equals("waiting")
                                    ? Long.toString(
                                            (long)
                                                    meters.get("holt_clients_waiting")
                                                            .gauge()
                                                            .value())
                                    : common(question));
        }
    }

    private static void worker(String[] args) throws IOException {
        KafkaClients clients = ClusterSettings.clients(args[1]);
        QueueSettings queues = ClusterSettings.queues();
        var topics = new EnsureTopics(clients, queues);
        var clock = new BrokerClock();
        var store =
                new S3ObjectStore(StoreSettings.of(ClusterSettings.NO_STORE, ClusterSettings.KEYS));
        var runner = new ScriptedRunner(Integer.parseInt(args[2]));
        WorkerSettings settings =
                ClusterSettings.settings(WorkerSettings.class, Map.of("holt.worker.grace", "1s"));
        try (var _ =
                new ServeUntilDrained(settings, List.of(runner), clients, queues, clock, store)) {
            RawSlots.serve(clients, topics, Integer.parseInt(args[3]));
            converse(
                    "",
                    question -> {
                        if (question.equals("release")) {
                            runner.release();
                            return "";
                        }
                        return common(question);
                    });
        }
    }

    /** Answers questions until standard input ends. */
    private static void converse(String ready, UnaryOperator<String> reply) throws IOException {
        System.out.println(ANSWER + ready);
        var questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine();
                question != null;
                question = questions.readLine()) {
            System.out.println(ANSWER + reply.apply(question));
        }
    }

    private static String common(String question) {
        return switch (question) {
            case "cpu" ->
                    ThreadRoles.cpu().entrySet().stream()
                            .map(role -> role.getKey() + "=" + role.getValue())
                            .collect(Collectors.joining("|"));
            case "threads" ->
                    Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
            case "live-heap" -> {
                System.gc();
                yield Long.toString(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            case "peak-heap" ->
                    Long.toString(
                            ManagementFactory.getMemoryPoolMXBeans().stream()
                                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                    .sum());
            default -> throw new IllegalArgumentException(question);
        };
    }
}
