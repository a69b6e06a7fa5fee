package holt.system.rig;

import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.protocol.KnownModel;
import holt.standalone.Holt;
import holt.standalone.embedded.EmbeddedStore;
import holt.system.rig.access.User;
import holt.system.rig.http.Chat;
import holt.system.rig.script.RunLog;
import holt.system.rig.script.ScriptedRunner;
import holt.system.rig.time.Await;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A broker, a store, and the API instances and workers that a test adds. All but the store are processes. A {@link Proxy} before the
 * broker and one before the store can break the network.
 */
public final class Cluster implements AutoCloseable {
    /** The model of the workers. */
    public static final KnownModel MODEL = ScriptedRunner.MODEL;

    /** How often a worker tries a job. */
    public static final int ATTEMPTS = ClusterSettings.ATTEMPTS;

    private static final String API_READY = "Holt's API is ready on ";
    private static final String API_METRICS = "Metrics: ";
    private static final String WORKER_READY = "Holt's worker is ready";

    private final Path directory;
    private final Path brokerData;
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
    private final @Nullable ThreeBrokers three;
    private @Nullable ChildJvm broker;
    private int made;

    /** @param directory holds the data and the run log */
    public Cluster(Path directory) {
        this(directory, directory.resolve("kafka"));
    }

    /** @param brokerData may be on a disk of its own */
    public Cluster(Path directory, Path brokerData) {
        this(directory, brokerData, null, null, false);
    }

    /** For tests that leave the broker alone. The broker is a container of Kafka's own image if the machine has that image. */
    public static Cluster onAnyBroker(Path directory) {
        return new Cluster(
                directory,
                directory.resolve("kafka"),
                ContainerBroker.isAvailable() ? ContainerBroker.start() : null,
                null,
                false);
    }

    /** On {@link ThreeBrokers}, each process with its user's rights. */
    public static Cluster onThreeBrokers(Path directory) {
        return new Cluster(directory, directory, null, ThreeBrokers.start(directory), false);
    }

    /** Its processes record their {@link AotCache}s. */
    static Cluster recorded(Path directory) {
        return new Cluster(directory, directory.resolve("kafka"), null, null, true);
    }

    private Cluster(
            Path directory,
            Path brokerData,
            @Nullable ContainerBroker container,
            @Nullable ThreeBrokers three,
            boolean recorded) {
        this.recorded = recorded;
        this.directory = directory;
        this.brokerData = brokerData;
        int storePort = Ports.free();
        this.store =
                EmbeddedStore.start(directory.resolve("objects"), storePort, ClusterSettings.KEYS);
        this.storeProxy = new Proxy(storePort);
        this.container = container;
        this.three = three;
        this.broker = container == null && three == null ? newBroker() : null;
    }

    /** The settings of a worker of this cluster. */
    public static QueueSettings queues() {
        return ClusterSettings.queues();
    }

    public KafkaClients clients() {
        return three == null
                ? new KafkaClients(ClusterSettings.kafka(bootstrap()))
                : three.clients(User.ADMIN);
    }

    /** The brokers of a cluster on three. */
    public ThreeBrokers brokers() {
        return Objects.requireNonNull(three);
    }

    /** The broker's process, if the cluster has one alone. */
    public ChildJvm broker() {
        return Objects.requireNonNull(broker);
    }

    /** Starts a killed broker again, on its ports and with its data. */
    public void startBroker() {
        broker = newBroker();
    }

    /** The network between the broker and the processes that the test starts behind the proxy. */
    public Proxy brokerNetwork() {
        return brokerProxy;
    }

    /** The network between the store and all processes. */
    public Proxy storeNetwork() {
        return storeProxy;
    }

    /** @param settings environment variables, such as {@code NAME=value} */
    public Api api(String... settings) {
        return api(bootstrap(), settings);
    }

    /** An API instance that reaches the broker through {@link #brokerNetwork}. */
    public Api apiBehindProxy(String... settings) {
        return api(proxied(), settings);
    }

    /** A worker. Returns when all live API instances list its model. */
    public ChildJvm worker(int slots, String... settings) {
        return worker(bootstrap(), slots, settings);
    }

    /**
     * {@code holt worker}, with real engines.
     *
     * @param home holds the folder {@code models}, which it serves
     */
    public ChildJvm realWorker(Path home, String... settings) {
        HoltUp.shareNativeLibraries(home.resolve("data"));
        return add(
                ChildJvm.start(
                        name("worker"),
                        Holt.class,
                        WORKER_READY,
                        options(Holt.class),
                        environment(
                                User.WORKER,
                                Map.of("JAVA_TOOL_OPTIONS", "-Dholt.home=" + home),
                                settings),
                        "worker",
                        "--kafka",
                        bootstrap(),
                        "--s3",
                        store()));
    }

    /**
     * {@code holt forget} of a model that the broker knows. Returns its exit code.
     *
     * @param arguments beside those that name the broker
     */
    public int forget(String arguments, String... settings) {
        var words = new ArrayList<>(List.of("forget", "--kafka", bootstrap()));
        words.addAll(List.of(arguments.split(" ")));
        try (var command =
                ChildJvm.start(
                        name("forget"),
                        Holt.class,
                        "removed the record ",
                        options(Holt.class),
                        environment(User.ADMIN, Map.of(), settings),
                        words.toArray(String[]::new))) {
            return command.awaitExit();
        }
    }

    /** A worker that reaches the broker through {@link #brokerNetwork}. */
    public ChildJvm workerBehindProxy(int slots, String... settings) {
        return worker(proxied(), slots, settings);
    }

    /**
     * An API instance.
     *
     * @param management the address of its health and metrics
     */
    public record Api(ChildJvm process, URI url, URI management) {}

    /** The live API instances. */
    public List<Api> apis() {
        return List.copyOf(apis).stream().filter(api -> api.process().isAlive()).toList();
    }

    /** All API instances and workers, also those that have ended. */
    public List<ChildJvm> children() {
        return List.copyOf(children);
    }

    /** The live API instances and workers. */
    public List<ChildJvm> processes() {
        return children().stream().filter(ChildJvm::isAlive).toList();
    }

    /** The live workers. */
    public List<ChildJvm> workers() {
        List<ChildJvm> instances = apis().stream().map(Api::process).toList();
        return processes().stream().filter(process -> !instances.contains(process)).toList();
    }

    /** The run log of all workers. */
    public List<RunLog.Run> runs() {
        return runLog().read();
    }

    /** The runs of that nonce. */
    public List<RunLog.Run> starts(String nonce) {
        return runLog().starts(nonce);
    }

    /** The worker of the first run. */
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
        if (three != null) {
            three.close();
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
        Map<String, String> environment =
                environment(
                        User.API,
                        Map.of(
                                // A busy broker may confirm late. Tests of that set less.
                                "HOLT_JOBS_CONFIRM_WITHIN",
                                "10s",
                                "HOLT_QUEUE_LOCK",
                                "3s",
                                "HOLT_API_LAME_DUCK",
                                "1s",
                                "HOLT_HISTORY_DIRECTORY",
                                directory.resolve("history").toString()),
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
                        URI.create(child.printed(API_READY)),
                        URI.create(child.printed(API_METRICS)));
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
                                environment(User.WORKER, Map.of(), settings),
                                kafka,
                                store(),
                                Integer.toString(slots),
                                runLog().file().toString()));
        try (var chat = new Chat()) {
            Await.until(() -> apis().stream().allMatch(api -> chat.lists(api.url(), MODEL.name())));
        }
        return child;
    }

    private Map<String, String> environment(
            User user, Map<String, String> defaults, String... settings) {
        var environment = new HashMap<>(defaults);
        environment.putAll(ClusterSettings.STORE_LOGIN);
        if (three != null) {
            put(environment, user.environment(User.Mechanism.PLAIN));
        }
        put(environment, settings);
        return environment;
    }

    private static void put(Map<String, String> environment, String... settings) {
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            environment.put(pair[0], pair[1]);
        }
    }

    private RunLog runLog() {
        return new RunLog(directory.resolve("runs.log"));
    }

    private String bootstrap() {
        if (three != null) {
            return three.bootstrap();
        }
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
        var archive = new AotCache(main);
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
