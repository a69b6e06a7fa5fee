package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.system.rig.script.ScriptedRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Reads and writes records with their keys, headers and bytes, as Holt's own processes do. */
public final class RawRecords implements AutoCloseable {
    /** The queue of the scripted engine. */
    public static final String QUEUE = TOPICS.queue(ScriptedRunner.MODEL.name());

    private final KafkaClients clients;
    private final Publisher publisher;

    public RawRecords(KafkaClients clients) {
        this.clients = clients;
        publisher = clients.publisher(Duration.ZERO, Duration.ofSeconds(30));
    }

    /** Returns when the broker has the record. */
    public void write(ProducerRecord<String, byte[]> record) {
        publisher.send(record).join();
    }

    /** Returns when the broker has all records. */
    public void write(List<ProducerRecord<String, byte[]>> records) {
        CompletableFuture.allOf(
                        records.stream().map(publisher::send).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** All records on the topic. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        var records = new CopyOnWriteArrayList<ConsumerRecord<String, byte[]>>();
        try (var _ =
                new FollowTopic(
                                clients,
                                topic,
                                List.of(),
                                new FollowTopic.From.Beginning(),
                                records::add)
                        .awaitCaughtUp()) {
            return List.copyOf(records);
        }
    }

    /** All records with that key. */
    public List<ConsumerRecord<String, byte[]>> read(String topic, String key) {
        return read(topic).stream().filter(record -> key.equals(record.key())).toList();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
