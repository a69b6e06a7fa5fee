package holt.system.rig;

import holt.standalone.BrokerPorts;
import holt.standalone.EmbeddedBroker;
import holt.standalone.EmbeddedStore;
import holt.store.StoreKeys;
import java.nio.file.Path;
import java.util.Map;

/** Broker and store as a process: {@code directory brokerPort controllerPort storePort}. */
final class BrokerMain {
    static final String READY = "broker ready";
    static final StoreKeys KEYS = new StoreKeys("test-access", "test-secret-0123456789");

    private BrokerMain() {}

    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        var ports = new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        EmbeddedStore.start(directory.resolve("objects"), Integer.parseInt(args[3]), KEYS);
        EmbeddedBroker.start(
                directory.resolve("kafka"),
                ports,
                Map.of("group.share.min.record.lock.duration.ms", "1000"));
        System.out.println(READY);
    }
}
