package holt.benchmarks.cluster;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Slots that do the least that loses no record. They take a record from a queue topic, send it back, and acknowledge it once the broker has
 * confirmed the reply. They have no job, no lease and no events.
 */
public final class RawSlots {
    /** Holt creates its queue, so the topic and the share group have Holt's settings. */
    static final ModelName MODEL = new ModelName("raw");

    static final String REPLIES = "benchmark.raw.replies";

    private static final Duration POLL = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Publisher replies;

    private RawSlots(KafkaClients clients) {
        this.clients = clients;
        this.replies = clients.publisher(Duration.ZERO, Duration.ofMinutes(1));
    }

    /** Starts the slots, which run until the process ends. */
    static void serve(KafkaClients clients, EnsureTopics topics, int slots) {
        topics.queueOf(MODEL);
        var raw = new RawSlots(clients);
        for (int i = 0; i < slots; i++) {
            Thread.ofPlatform().daemon().name("raw-slot").start(raw::serve);
        }
    }

    private void serve() {
        String queue = clients.topics().queue(MODEL);
        try (KafkaShareConsumer<String, byte[]> consumer = clients.shareConsumer(queue, 1)) {
            consumer.subscribe(List.of(queue));
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    replies.send(new ProducerRecord<>(REPLIES, 0, record.key(), record.value()))
                            .join();
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                    consumer.commitSync();
                }
            }
        }
    }
}
