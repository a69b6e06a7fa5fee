package holt.benchmarks;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The least that a slot must do to lose no record: take one from a queue topic like Holt's, send it back, and acknowledge it when the
 * broker has confirmed the reply. No job, no lease, no events.
 */
final class RawSlots {
    /** A queue of Holt's own making, so that topic and share group are set up alike. */
    static final String QUEUE = Topics.queue(new ModelName("raw"), Lane.NORMAL);

    static final String REPLIES = "benchmark.raw.replies";

    private static final Duration POLL = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Publisher replies;

    private RawSlots(KafkaClients clients) {
        this.clients = clients;
        this.replies = clients.publisher(Duration.ZERO, Duration.ofMinutes(1));
    }

    /** Serves until the process ends. */
    static void serve(KafkaClients clients, EnsureTopics topics, int slots) {
        topics.queuesOf(new ModelName("raw"), _ -> slots);
        var raw = new RawSlots(clients);
        for (int i = 0; i < slots; i++) {
            Thread.ofPlatform().daemon().name("raw-slot").start(raw::serve);
        }
    }

    private void serve() {
        try (KafkaShareConsumer<String, byte[]> consumer = clients.shareConsumer(QUEUE)) {
            consumer.subscribe(List.of(QUEUE));
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
