package holt.system.rig;

import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.store.S3ObjectStore;
import holt.store.StoreSettings;
import holt.system.rig.script.RunLog;
import holt.system.rig.script.ScriptedRunner;
import holt.worker.ServeUntilDrained;
import holt.worker.WorkerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The process of a worker with the scripted engine. Arguments: {@code bootstrap storeUrl slots runLog}. Environment: {@link
 * #STUCK_AFTER} and {@link #GRACE}. SIGTERM drains it, as it drains {@code holt worker}.
 */
final class WorkerMain {
    static final String READY = "worker ready";
    static final String STUCK_AFTER = "STUCK_AFTER";
    static final String GRACE = "GRACE";

    private WorkerMain() {}

    public static void main(String[] args) {
        var clients = new KafkaClients(ClusterSettings.kafka(args[0]));
        var clock = new BrokerClock();
        QueueSettings queues = ClusterSettings.queues();
        var store = new S3ObjectStore(StoreSettings.of(URI.create(args[1]), ClusterSettings.KEYS));
        var runner = new ScriptedRunner(Integer.parseInt(args[2]), new RunLog(Path.of(args[3])));
        var settings =
                new WorkerSettings(
                        List.of(),
                        "cpu",
                        8,
                        0,
                        null,
                        1,
                        1024,
                        ClusterSettings.ATTEMPTS,
                        setting(STUCK_AFTER, "PT60S"),
                        setting(GRACE, "PT20S"));
        var worker =
                new ServeUntilDrained(settings, List.of(runner), clients, queues, clock, store);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            worker.close();
                            Runtime.getRuntime().halt(0);
                        }));
        System.out.println(READY);
    }

    private static Duration setting(String name, String otherwise) {
        return Duration.parse(System.getenv().getOrDefault(name, otherwise));
    }
}
