package holt.benchmarks;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.QueueSettings;
import holt.protocol.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Broker, API and worker, each in a process of its own, on a broker without a past. */
final class Cluster implements AutoCloseable {
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);

    private final Path directory;
    private final Part broker;
    private final Part worker;
    private final Part api;

    /**
     * Returns when the worker's model is answered for.
     *
     * @param slots of the worker
     * @param rawSlots beside them
     * @param apiJvm arguments for the API's JVM
     */
    Cluster(int slots, int rawSlots, List<String> apiJvm) throws Exception {
        directory = Files.createTempDirectory("holt-benchmark");
        broker =
                new Part(
                        List.of("-XX:+UseSerialGC", "-Xmx768m"),
                        "broker",
                        directory.toString(),
                        Integer.toString(freePort()),
                        Integer.toString(freePort()));
        if (rawSlots > 0) {
            RawClient.createReplyTopic(clients());
            new EnsureTopics(clients(), queues()).queuesOf(new ModelName("raw"), _ -> rawSlots);
        }
        worker =
                new Part(
                        List.of("-XX:+UseSerialGC", "-Xmx512m"),
                        "worker",
                        broker.ready(),
                        Integer.toString(slots),
                        Integer.toString(rawSlots));
        api = new Part(apiJvm, "api", broker.ready());
        awaitFirstAnswer();
    }

    /** The product's defaults, but for these. */
    static <T extends Record> T settings(Class<T> type, Map<String, String> own) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return new Binder(new MapConfigurationPropertySource(own)).bindOrCreate(prefix, type);
    }

    static KafkaClients clients(String bootstrap) {
        return new KafkaClients(
                settings(KafkaSettings.class, Map.of("holt.kafka.bootstrap", bootstrap)));
    }

    static QueueSettings queues() {
        return settings(QueueSettings.class, Map.of());
    }

    KafkaClients clients() {
        return clients(broker.ready());
    }

    int port() {
        return Integer.parseInt(api.ready());
    }

    Part api() {
        return api;
    }

    Part worker() {
        return worker;
    }

    List<Part> parts() {
        return List.of(broker, api, worker);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        api.close();
        worker.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Cluster::delete);
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The worker's first heartbeats must reach the API before it takes jobs for its model. */
    private void awaitFirstAnswer() throws IOException {
        long giveUp = System.nanoTime() + LISTED_WITHIN.toNanos();
        while (true) {
            try (var connection = new ChatConnection(port())) {
                connection.chat("0");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - giveUp > 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
