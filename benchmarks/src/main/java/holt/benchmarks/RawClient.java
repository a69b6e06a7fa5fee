package holt.benchmarks;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records to {@link RawSlots} and waits for what comes back, from many threads. */
final class RawClient implements AutoCloseable {
    /** About what a short chat takes as a job. */
    private static final byte[] VALUE = new byte[512];

    private final int partitions;
    private final Publisher publisher;
    private final FollowTopic replies;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> waiting =
            new ConcurrentHashMap<>();

    /** @param partitions of the queue */
    RawClient(KafkaClients clients, int partitions) {
        this.partitions = partitions;
        publisher = clients.publisher(Duration.ZERO, Duration.ofMinutes(1));
        replies =
                new FollowTopic(
                        clients,
                        RawSlots.REPLIES,
                        List.of(0),
                        new FollowTopic.From.End(),
                        record -> answered(record.key()));
    }

    static void createReplyTopic(KafkaClients clients)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            var topic = new NewTopic(RawSlots.REPLIES, Optional.of(1), Optional.of((short) 1));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /**
     * One round trip. A client stays on its partition, so that all partitions always have the same number of records.
     *
     * @param client number of the calling thread
     * @param trip number of this trip among the client's
     */
    void roundTrip(int client, long trip) {
        String key = client + "-" + trip;
        var answered = new CompletableFuture<Void>();
        waiting.put(key, answered);
        var _ =
                publisher.send(
                        new ProducerRecord<>(RawSlots.QUEUE, client % partitions, key, VALUE));
        answered.join();
    }

    @Override
    public void close() {
        publisher.close();
        replies.close();
    }

    private void answered(String key) {
        CompletableFuture<Void> client = waiting.remove(key);
        if (client != null) {
            client.complete(null);
        }
    }
}
