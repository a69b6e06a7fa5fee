package holt.benchmarks.cluster;

import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.store.StoreKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The product's default settings for the processes of a {@link Cluster}. */
public final class ClusterSettings {
    public static final StoreKeys KEYS = new StoreKeys("none", "none");

    /** No benchmark of the queue needs the store, so there is none. */
    public static final URI NO_STORE = URI.create("http://127.0.0.1:1");

    private ClusterSettings() {}

    public static QueueSettings queues() {
        return settings(QueueSettings.class, Map.of());
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public static KafkaClients clients(String bootstrap) {
        return new KafkaClients(
                settings(KafkaSettings.class, Map.of("holt.kafka.bootstrap", bootstrap)));
    }

    /** The defaults, with those changes. */
    static <T extends Record> T settings(Class<T> type, Map<String, String> changes) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return new Binder(new MapConfigurationPropertySource(changes)).bindOrCreate(prefix, type);
    }
}
