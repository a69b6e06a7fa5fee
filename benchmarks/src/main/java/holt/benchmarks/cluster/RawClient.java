package holt.benchmarks.cluster;

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

/** Sends records to {@link RawSlots} from many threads and waits for their replies. */
public final class RawClient implements AutoCloseable {
    /** About the size of a short chat's job. */
    private static final byte[] VALUE = new byte[512];

    private final Publisher publisher;
    private final FollowTopic replies;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> waiting =
            new ConcurrentHashMap<>();

    public RawClient(KafkaClients clients) {
        publisher = clients.publisher(Duration.ZERO, Duration.ofMinutes(1));
        replies =
                new FollowTopic(
                        clients,
                        RawSlots.REPLIES,
                        List.of(0),
                        new FollowTopic.From.End(),
                        record -> answered(record.key()));
    }

    public static void createReplyTopic(KafkaClients clients)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            var topic = new NewTopic(RawSlots.REPLIES, Optional.of(1), Optional.of((short) 1));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /**
     * Makes one round trip.
     *
     * @param client the number of the calling thread
     * @param trip the number of the client's trip
     */
    public void roundTrip(int client, long trip) {
        String key = client + "-" + trip;
        var answered = new CompletableFuture<Void>();
        waiting.put(key, answered);
        var _ =
                publisher.send(
                        new ProducerRecord<>(publisher.topics().queue(RawSlots.MODEL), key, VALUE));
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
