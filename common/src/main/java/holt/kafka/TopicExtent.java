package holt.kafka;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic holds at one moment.
 *
 * @param id of the topic. A topic that is deleted and created again has another one
 * @param begins the offsets of the oldest records, by partition
 * @param ends the offsets of the next records to come, by partition
 */
public record TopicExtent(String id, Map<Integer, Long> begins, Map<Integer, Long> ends) {
    /** @throws BrokerUnfitException if the broker is out of reach or lacks the topic */
    public static TopicExtent ask(KafkaClients clients, String topic) {
        try (Admin admin = clients.admin()) {
            var offsets = new FindOffsets(admin, topic, List.of());
            String id =
                    AwaitAdmin.answer(
                                    admin.describeTopics(List.of(topic)).allTopicNames(),
                                    "asking for topic " + topic)
                            .values()
                            .iterator()
                            .next()
                            .topicId()
                            .toString();
            return new TopicExtent(
                    id,
                    byPartition(offsets.at(OffsetSpec.earliest())),
                    byPartition(offsets.at(OffsetSpec.latest())));
        }
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(
                        Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }
}
