package holt.system.rig;

import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.protocol.KnownModel;
import holt.standalone.embedded.EmbeddedStore;
import holt.standalone.Holt;
import holt.store.StoreKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a store, with a stretch of network before each that can be cut, and what the test adds to them, each a process but the store.
 * Locks and sessions are short, so that faults show soon.
 */
public final class Cluster implements AutoCloseable {
    static final StoreKeys KEYS = new StoreKeys("test-access", "test-secret-0123456789");

    /** What the workers serve. */
    public static final KnownModel MODEL = ScriptedRunner.MODEL;

    /** How often a job may be tried. */
    static final int ATTEMPTS = 3;

    private static final String API_READY = "Holt's API is ready on ";
    private static final String API_METRICS = "Metrics: ";
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int PARTITIONS = 4;

    private final Path directory;
    private final Path brokerData;
    private final int partitions;
    private final boolean recorded;
    private final int kafkaPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final int behindPort = Ports.free();
    private final Proxy brokerProxy = new Proxy(behindPort);
    private final EmbeddedStore store;
    private final Proxy storeProxy;
    private final List<ChildJvm> children = Collections.synchronizedList(new ArrayList<>());
    private final List<Api> apis = Collections.synchronizedList(new ArrayList<>());
    private final @Nullable ContainerBroker container;
    private @Nullable ChildJvm broker;
    private int made;

    /** @param directory for the data and the run log */
    public Cluster(Path directory) {
        this(directory, directory.resolve("kafka"));
    }

    /** @param brokerData on a disk of the broker's own */
    public Cluster(Path directory, Path brokerData) {
        this(directory, PARTITIONS, brokerData, null, false);
    }

    /** For tests that leave the broker alone: it is Kafka's own image where that is at hand. */
    public static Cluster onAnyBroker(Path directory) {
        return onAnyBroker(directory, PARTITIONS);
    }

    /** @param partitions of each queue, at most */
    public static Cluster onAnyBroker(Path directory, int partitions) {
        return new Cluster(
                directory,
                partitions,
                directory.resolve("kafka"),
                ContainerBroker.isAtHand() ? ContainerBroker.start() : null,
                false);
    }

    /** Its processes record what they load for their {@link ClassArchive}s. */
    static Cluster recorded(Path directory) {
        return new Cluster(directory, PARTITIONS, directory.resolve("kafka"), null, true);
    }

    private Cluster(
            Path directory,
            int partitions,
            Path brokerData,
            @Nullable ContainerBroker container,
            boolean recorded) {
        this.recorded = recorded;
        this.directory = directory;
        this.brokerData = brokerData;
        this.partitions = partitions;
        int storePort = Ports.free();
        this.store = EmbeddedStore.start(directory.resolve("objects"), storePort, KEYS);
        this.storeProxy = new Proxy(storePort);
        this.container = container;
        this.broker = container == null ? newBroker() : null;
    }

    static KafkaSettings kafka(String bootstrap) {
        return new KafkaSettings(bootstrap, (short) 1, HEARTBEAT, Map.of());
    }

    public static QueueSettings queues() {
        return queues(PARTITIONS);
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

    public KafkaClients clients() {
        return new KafkaClients(kafka(bootstrap()));
    }

    /** The broker's process; not for a cluster on any broker. */
    public ChildJvm broker() {
        return Objects.requireNonNull(broker);
    }

    /** A broker that was killed is back on its ports, with its data. */
    public void startBroker() {
        broker = newBroker();
    }

    /** The network between the broker and those that are started behind the proxy. */
    public Proxy brokerNetwork() {
        return brokerProxy;
    }

    /** The network between the store and everyone. */
    public Proxy storeNetwork() {
        return storeProxy;
    }

    /** @param settings environment variables */
    public Api api(String... settings) {
        return api(bootstrap(), settings);
    }

    /** Its way to the broker is {@link #brokerNetwork}. */
    public Api apiBehindProxy(String... settings) {
        return api(proxied(), settings);
    }

    /** A worker that all live API instances know of. */
    public ChildJvm worker(int slots, String... settings) {
        return worker(bootstrap(), slots, settings);
    }

    /** Its way to the broker is {@link #brokerNetwork}. */
    public ChildJvm workerBehindProxy(int slots, String... settings) {
        return worker(proxied(), slots, settings);
    }

    /**
     * An API instance.
     *
     * @param management where its health and metrics are
     */
    public record Api(ChildJvm process, URI url, URI management) {}

    /** Those that live. */
    public List<Api> apis() {
        return List.copyOf(apis).stream().filter(api -> api.process().isAlive()).toList();
    }

    /** All API instances and workers that there have been. */
    public List<ChildJvm> children() {
        return List.copyOf(children);
    }

    /** API instances and workers that live. */
    public List<ChildJvm> processes() {
        return children().stream().filter(ChildJvm::isAlive).toList();
    }

    /** What the engines did, over all workers, in order. */
    public List<RunLog.Run> runs() {
        return runLog().read();
    }

    public List<RunLog.Run> starts(String nonce) {
        return runLog().starts(nonce);
    }

    /** The worker that first started the job. */
    public ChildJvm firstToStart(String nonce) {
        return processOf(starts(nonce).getFirst());
    }

    /** The worker of that run. */
    public ChildJvm processOf(RunLog.Run run) {
        return children().stream()
                .filter(child -> child.pid() == run.pid())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        List.copyOf(children).forEach(ChildJvm::close);
        if (broker != null) {
            broker.close();
        }
        if (container != null) {
            container.close();
        }
        brokerProxy.close();
        storeProxy.close();
        try {
            store.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Api api(String kafka, String... settings) {
        var environment =
                environment(
                        Map.of(
                                "HOLT_S3_ACCESS_KEY",
                                KEYS.access(),
                                "HOLT_S3_SECRET_KEY",
                                KEYS.secret(),
                                // A busy machine may be slow to confirm; tests of that set less.
                                "HOLT_JOBS_CONFIRM_WITHIN",
                                "10s",
                                "HOLT_QUEUE_PARTITIONS",
                                Integer.toString(partitions),
                                "HOLT_QUEUE_LOCK",
                                "3s",
                                "HOLT_API_LAME_DUCK",
                                "1s"),
                        settings);
        ChildJvm child =
                add(
                        ChildJvm.start(
                                name("api"),
                                Holt.class,
                                API_READY,
                                options(Holt.class),
                                environment,
                                "api",
                                "--kafka",
                                kafka,
                                "--s3",
                                store(),
                                "--port",
                                "0"));
        var api =
                new Api(
                        child,
                        URI.create(child.said(API_READY)),
                        URI.create(child.said(API_METRICS)));
        apis.add(api);
        return api;
    }

    private ChildJvm worker(String kafka, int slots, String... settings) {
        ChildJvm child =
                add(
                        ChildJvm.start(
                                name("worker"),
                                WorkerMain.class,
                                WorkerMain.READY,
                                options(WorkerMain.class),
                                environment(Map.of(), settings),
                                kafka,
                                store(),
                                Integer.toString(slots),
                                runLog().file().toString(),
                                Integer.toString(partitions)));
        try (var chat = new Chat()) {
            apis().forEach(api -> Await.until(() -> chat.lists(api.url(), MODEL.name())));
        }
        return child;
    }

    private static Map<String, String> environment(
            Map<String, String> defaults, String... settings) {
        var environment = new HashMap<>(defaults);
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            environment.put(pair[0], pair[1]);
        }
        return environment;
    }

    private RunLog runLog() {
        return new RunLog(directory.resolve("runs.log"));
    }

    private String bootstrap() {
        return container == null ? "127.0.0.1:" + kafkaPort : container.bootstrap();
    }

    private String proxied() {
        return "127.0.0.1:" + brokerProxy.port();
    }

    private String store() {
        return "http://127.0.0.1:" + storeProxy.port();
    }

    private ChildJvm newBroker() {
        return ChildJvm.start(
                name("broker"),
                BrokerMain.class,
                BrokerMain.READY,
                options(BrokerMain.class),
                Map.of(),
                brokerData.toString(),
                Integer.toString(kafkaPort),
                Integer.toString(controllerPort),
                Integer.toString(behindPort),
                Integer.toString(brokerProxy.port()));
    }

    private List<String> options(Class<?> main) {
        var archive = new ClassArchive(main);
        return recorded ? archive.record() : archive.use();
    }

    private synchronized String name(String role) {
        return directory.getFileName() + "-" + role + "-" + made++;
    }

    private ChildJvm add(ChildJvm child) {
        children.add(child);
        return child;
    }
}
