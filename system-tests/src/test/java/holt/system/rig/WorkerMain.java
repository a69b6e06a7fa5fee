package holt.system.rig;

import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.protocol.ModelName;
import holt.store.S3ObjectStore;
import holt.store.StoreSettings;
import holt.system.rig.access.User;
import holt.system.rig.script.RunLog;
import holt.system.rig.script.ScriptedRunner;
import holt.worker.ServeUntilDrained;
import holt.worker.WorkerSettings;
import holt.worker.models.ModelRunner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The process of a worker with the scripted engine. Arguments: {@code bootstrap storeUrl slots runLog}. Environment: {@link
 * #STUCK_AFTER}, {@link #GRACE}, {@link #MODELS}, {@link #TOPIC_PREFIX}, and the login as {@code holt worker} takes it. SIGTERM drains it, as it drains {@code holt worker}.
 */
final class WorkerMain {
    static final String READY = "worker ready";
    static final String STUCK_AFTER = "STUCK_AFTER";
    static final String GRACE = "GRACE";

    /** The setting of {@code holt worker}. */
    static final String TOPIC_PREFIX = "HOLT_KAFKA_TOPIC_PREFIX";

    /** The names of its models, separated by commas. */
    static final String MODELS = "MODELS";

    private WorkerMain() {}

    public static void main(String[] args) throws InterruptedException {
        var clients =
                new KafkaClients(
                        ClusterSettings.kafka(
                                args[0],
                                System.getenv().getOrDefault(TOPIC_PREFIX, "holt."),
                                User.loginIn(System.getenv())));
        var clock = new BrokerClock();
        QueueSettings queues = ClusterSettings.queues();
        var store = new S3ObjectStore(StoreSettings.of(URI.create(args[1]), ClusterSettings.KEYS));
        int slots = Integer.parseInt(args[2]);
        var runLog = new RunLog(Path.of(args[3]));
        List<ModelRunner> runners =
                Stream.of(System.getenv().getOrDefault(MODELS, "scripted").split(","))
                        .<ModelRunner>map(
                                model -> new ScriptedRunner(new ModelName(model), slots, runLog))
                        .toList();
        var settings =
                new WorkerSettings(
                        List.of(),
                        "cpu",
                        8,
                        0,
                        null,
                        1,
                        1024,
                        true,
                        ClusterSettings.ATTEMPTS,
                        setting(STUCK_AFTER, "PT60S"),
                        setting(GRACE, "PT20S"));
        var worker = new ServeUntilDrained(settings, runners, clients, queues, clock, store);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            worker.close();
                            Runtime.getRuntime().halt(0);
                        }));
        System.out.println(READY);
        // All threads of a worker are daemons.
        new CountDownLatch(1).await();
    }

    private static Duration setting(String name, String otherwise) {
        return Duration.parse(System.getenv().getOrDefault(name, otherwise));
    }
}
