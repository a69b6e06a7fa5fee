package holt.system.rig;

import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.standalone.Holt;
import holt.worker.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker with its store, and what the test adds to it, each a process. Locks and sessions are short, so that faults show soon. */
public final class Cluster implements AutoCloseable {
    private static final String API_READY = "Holt's API is ready on ";

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int PARTITIONS = 4;

    private final Path directory;
    private final int partitions;
    private final int kafkaPort = freePort();
    private final int controllerPort = freePort();
    private final int storePort = freePort();
    private final List<ChildJvm> children = Collections.synchronizedList(new ArrayList<>());
    private final List<Api> apis = Collections.synchronizedList(new ArrayList<>());
    private ChildJvm broker;
    private int made;

    /** @param directory for the broker's data and the run log */
    public Cluster(Path directory) {
        this(directory, PARTITIONS);
    }

    /** @param partitions of each queue */
    public Cluster(Path directory, int partitions) {
        this.directory = directory;
        this.partitions = partitions;
        this.broker = startBroker();
    }

    static KafkaSettings kafka(String bootstrap) {
        return new KafkaSettings(bootstrap, (short) 1, HEARTBEAT, Map.of());
    }

    static QueueSettings queues(int partitions) {
        return new QueueSettings(
                partitions,
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                10_000,
                Duration.ofHours(25),
                Duration.ofHours(24),
                Duration.ofHours(24));
    }

    static WorkerSettings worker() {
        return new WorkerSettings(
                List.of(), "cpu", 8, 1, 1024, 3, Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    public KafkaClients clients() {
        return new KafkaClients(kafka(bootstrap()));
    }

    public String bootstrap() {
        return "127.0.0.1:" + kafkaPort;
    }

    public ChildJvm broker() {
        return broker;
    }

    /** The broker is back on its ports, with its data. */
    public void restartBroker() {
        broker.kill();
        broker = startBroker();
    }

    /** @return the base URL of a new API instance */
    public Api api(String... settings) {
        var environment =
                new HashMap<>(
                        Map.of(
                                "HOLT_S3_ACCESS_KEY",
                                BrokerMain.KEYS.access(),
                                "HOLT_S3_SECRET_KEY",
                                BrokerMain.KEYS.secret(),
                                // A busy machine may be slow to confirm; tests of that set less.
                                "HOLT_JOBS_CONFIRM_WITHIN",
                                "10s",
                                "HOLT_QUEUE_PARTITIONS",
                                Integer.toString(partitions),
                                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
                                "prometheus",
                                "HOLT_QUEUE_LOCK",
                                "3s"));
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            environment.put(pair[0], pair[1]);
        }
        ChildJvm child =
                add(
                        ChildJvm.start(
                                name("api"),
                                Holt.class,
                                API_READY,
                                environment,
                                "api",
                                "--kafka",
                                bootstrap(),
                                "--s3",
                                store(),
                                "--port",
                                "0"));
        var api = new Api(child, URI.create(child.readyLine().substring(API_READY.length())));
        apis.add(api);
        return api;
    }

    /** An API instance. */
    public record Api(ChildJvm process, URI url) {}

    /** A worker that all live API instances know of. */
    public ChildJvm worker(int slots) {
        ChildJvm child =
                add(
                        ChildJvm.start(
                                name("worker"),
                                WorkerMain.class,
                                WorkerMain.READY,
                                Map.of(),
                                bootstrap(),
                                store(),
                                Integer.toString(slots),
                                runLog().toString(),
                                Integer.toString(partitions)));
        try (var chat = new Chat()) {
            apis.stream()
                    .filter(api -> api.process().isAlive())
                    .forEach(api -> Await.until(() -> chat.lists(api.url(), ScriptedRunner.MODEL)));
        }
        return child;
    }

    /**
     * What an engine did.
     *
     * @param what {@code start}, {@code end}, or {@code stop} for the word to stop, which a finished run gets too
     * @param millis when, on this machine's clock
     */
    public record Run(String what, String nonce, long pid, long millis) {}

    /** What the engines did, over all workers, in order. */
    public List<Run> runs() {
        try {
            return Files.exists(runLog())
                    ? Files.readAllLines(runLog()).stream()
                            .map(line -> line.split(" "))
                            .map(words ->
                                    new Run(
                                            words[0],
                                            words[1],
                                            Long.parseLong(words[2]),
                                            Long.parseLong(words[3])))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Run> starts(String nonce) {
        return runs().stream()
                .filter(run -> run.what().equals("start") && run.nonce().equals(nonce))
                .toList();
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
        broker.close();
    }

    private Path runLog() {
        return directory.resolve("runs.log");
    }

    private String store() {
        return "http://127.0.0.1:" + storePort;
    }

    private ChildJvm startBroker() {
        return ChildJvm.start(
                name("broker"),
                BrokerMain.class,
                BrokerMain.READY,
                Map.of(),
                directory.toString(),
                Integer.toString(kafkaPort),
                Integer.toString(controllerPort),
                Integer.toString(storePort));
    }

    private synchronized String name(String role) {
        return directory.getFileName() + "-" + role + "-" + made++;
    }

    private ChildJvm add(ChildJvm child) {
        children.add(child);
        return child;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
