package holt.system.rig;

import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.store.ClaimCheck;
import holt.store.S3ObjectStore;
import holt.store.StoreSettings;
import holt.worker.ServeUntilDrained;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A worker with a scripted engine as a process: {@code bootstrap storeUrl slots runLog partitions}. SIGTERM drains it, as {@code holt worker}. */
final class WorkerMain {
    static final String READY = "worker ready";

    private WorkerMain() {}

    public static void main(String[] args) {
        var clients = new KafkaClients(Cluster.kafka(args[0]));
        var clock = new BrokerClock();
        QueueSettings queues = Cluster.queues(Integer.parseInt(args[4]));
        var broker =
                new ServeUntilDrained.Broker(
                        clients, queues, new EnsureTopics(clients, queues), clock);
        var store = new S3ObjectStore(StoreSettings.of(URI.create(args[1]), BrokerMain.KEYS));
        var runner = new ScriptedRunner(Integer.parseInt(args[2]), Path.of(args[3]));
        var worker =
                new ServeUntilDrained(
                        Cluster.worker(), List.of(runner), broker, new ClaimCheck(store, clock));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            worker.close();
                            Runtime.getRuntime().halt(0);
                        }));
        System.out.println(READY);
    }
}
