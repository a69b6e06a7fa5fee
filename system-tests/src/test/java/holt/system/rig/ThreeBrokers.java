package holt.system.rig;

import holt.kafka.KafkaClients;
import holt.system.rig.access.DocumentedRights;
import holt.system.rig.access.User;
import holt.system.rig.time.Await;
import holt.system.rig.topics.Replicas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Three brokers in three JVMs, with a controller each. Topics have three copies, of which two must be in sync. Clients log in, and may do
 * what docs/operations.md allows them.
 */
public final class ThreeBrokers implements AutoCloseable {
    /** The ids of the brokers. */
    public static final List<Integer> NODES = List.of(1, 2, 3);

    /** A killed broker leaves all partitions after this time. */
    public static final Duration SESSION = NodeSettings.SESSION;

    private static final List<String> LITTLE_HEAP =
            List.of("-Xmx224m", "-XX:MaxDirectMemorySize=64m");

    private final Path directory;
    private final Map<Integer, Integer> clientPorts = freePorts();
    private final Map<Integer, Integer> controllerPorts = freePorts();
    private final Map<Integer, ChildJvm> processes = new ConcurrentHashMap<>();

    private ThreeBrokers(Path directory) {
        this.directory = directory;
    }

    /** Returns once all three serve and users have their rights. */
    public static ThreeBrokers start(Path directory) {
        var brokers = new ThreeBrokers(directory);
        try {
            // None serves before it sees another controller.
            CompletableFuture.allOf(
                            NODES.stream()
                                    .map(node ->
                                            CompletableFuture.runAsync(
                                                    () -> brokers.launch(node),
                                                    Thread::startVirtualThread))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
            try (Admin admin = brokers.clients(User.ADMIN).admin()) {
                Await.result(admin.createAcls(DocumentedRights.read()).all().toCompletionStage());
            }
            return brokers;
        } catch (RuntimeException e) {
            brokers.close();
            throw e;
        }
    }

    /** HOST:PORT of all, separated by commas. */
    public String bootstrap() {
        return clientPorts.values().stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /** Clients that log in as that user. */
    public KafkaClients clients(User user) {
        return new KafkaClients(
                ClusterSettings.kafka(bootstrap(), "holt.", user.login(User.Mechanism.PLAIN)));
    }

    /** Sends SIGKILL to a broker. */
    public void kill(int node) {
        processes.get(node).kill();
    }

    /** Starts a broker on its directory. Returns once it has caught up with all partitions. */
    public void restart(int node) {
        launch(node);
        awaitInSync();
    }

    /** Stops and restarts one broker after the other. */
    public void roll() {
        for (int node : NODES) {
            processes.get(node).signal("TERM");
            processes.get(node).awaitExit();
            restart(node);
        }
    }

    /** Returns once each partition has a leader and all its copies are in sync. */
    public void awaitInSync() {
        Replicas.awaitInSync(clients(User.ADMIN));
    }

    /** A broker that is not the controller in charge. */
    public int bystander() {
        try (Admin admin = clients(User.ADMIN).admin()) {
            int leader =
                    Await.result(admin.describeMetadataQuorum().quorumInfo().toCompletionStage())
                            .leaderId();
            return leader % NODES.size() + 1;
        }
    }

    /** What brokers have denied to users so far, one line for each operation. */
    public List<String> denials() {
        return processes.values().stream()
                .flatMap(node -> node.log().stream())
                .filter(line -> line.contains("is Denied operation"))
                .toList();
    }

    /** Lets a user log in by SCRAM. */
    public void allowScram(User user) {
        try (Admin admin = clients(User.ADMIN).admin()) {
            var password =
                    new UserScramCredentialUpsertion(
                            user.userName(),
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                            user.password());
            Await.result(
                    admin.alterUserScramCredentials(List.of(password)).all().toCompletionStage());
        }
    }

    @Override
    public void close() {
        processes.values().forEach(ChildJvm::close);
    }

    private void launch(int node) {
        List<String> options =
                Stream.concat(LITTLE_HEAP.stream(), new AotCache(BrokerMain.class).use().stream())
                        .toList();
        processes.put(
                node,
                ChildJvm.start(
                        directory.getFileName() + "-node-" + node,
                        NodeMain.class,
                        NodeMain.READY,
                        options,
                        Map.of(),
                        directory.resolve("node-" + node).toString(),
                        Integer.toString(node),
                        voters(),
                        Integer.toString(clientPorts.get(node)),
                        Integer.toString(controllerPorts.get(node))));
    }

    private String voters() {
        return NODES.stream()
                .map(node -> node + "@127.0.0.1:" + controllerPorts.get(node))
                .collect(Collectors.joining(","));
    }

    private static Map<Integer, Integer> freePorts() {
        return NODES.stream().collect(Collectors.toMap(node -> node, _ -> Ports.free()));
    }
}
