package holt.system.rig.topics;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic to its current end. */
final class ReadTopic {
    private ReadTopic() {}

    static <T> List<T> messages(KafkaClients clients, String topic, Class<T> family) {
        return messages(clients, topic, family, (message, _) -> message);
    }

    /** @param map makes a result of a message and its record */
    static <T, R> List<R> messages(
            KafkaClients clients,
            String topic,
            Class<T> family,
            BiFunction<T, ConsumerRecord<String, byte[]>, R> map) {
        var messages = Collections.synchronizedList(new ArrayList<R>());
        try (var _ =
                FollowTopic.messages(
                                clients,
                                topic,
                                new FollowTopic.From.Beginning(),
                                family,
                                (message, record) -> messages.add(map.apply(message, record)))
                        .awaitCaughtUp()) {
            return List.copyOf(messages);
        }
    }
}
