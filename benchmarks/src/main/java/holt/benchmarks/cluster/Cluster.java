package holt.benchmarks.cluster;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A new broker, an API and a worker, each in a process of its own. */
public final class Cluster implements AutoCloseable {
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);

    private final Path directory;
    private final MeasuredProcess broker;
    private final MeasuredProcess worker;
    private final MeasuredProcess api;

    /**
     * Returns when the worker has answered a chat.
     *
     * @param slots slots of the worker
     * @param rawSlots raw slots in the same process
     * @param apiJvm JVM options of the API
     */
    public Cluster(int slots, int rawSlots, List<String> apiJvm) throws Exception {
        directory = Files.createTempDirectory("holt-benchmark");
        broker =
                new MeasuredProcess(
                        List.of("-XX:+UseSerialGC", "-Xmx768m"),
                        "broker",
                        directory.toString(),
                        Integer.toString(ClusterSettings.freePort()),
                        Integer.toString(ClusterSettings.freePort()));
        if (rawSlots > 0) {
            RawClient.createReplyTopic(clients());
            new EnsureTopics(clients(), ClusterSettings.queues()).queueOf(RawSlots.MODEL);
        }
        worker =
                new MeasuredProcess(
                        List.of("-XX:+UseSerialGC", "-Xmx512m"),
                        "worker",
                        broker.ready(),
                        Integer.toString(slots),
                        Integer.toString(rawSlots));
        api =
                new MeasuredProcess(
                        apiJvm, "api", broker.ready(), directory.resolve("history").toString());
        awaitFirstAnswer();
    }

    public KafkaClients clients() {
        return ClusterSettings.clients(broker.ready());
    }

    public int port() {
        return Integer.parseInt(api.ready());
    }

    public MeasuredProcess api() {
        return api;
    }

    public MeasuredProcess worker() {
        return worker;
    }

    public List<MeasuredProcess> parts() {
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
