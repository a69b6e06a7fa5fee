package holt.kafka;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker for a topic's partitions and their offsets. */
final class FindOffsets {
    private final Admin admin;
    private final List<TopicPartition> partitions;

    /** @param partitions of the topic; empty for all */
    FindOffsets(Admin admin, String topic, List<Integer> partitions) {
        this.admin = admin;
        List<Integer> wanted = partitions.isEmpty() ? all(admin, topic) : partitions;
        this.partitions =
                wanted.stream().map(partition -> new TopicPartition(topic, partition)).toList();
    }

    /** The offset by partition; -1 where the partition has no record of that time. */
    Map<TopicPartition, Long> at(OffsetSpec where) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> where));
        return AwaitAdmin.answer(admin.listOffsets(wanted).all(), "asking for offsets")
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static List<Integer> all(Admin admin, String topic) {
        return AwaitAdmin.answer(
                        admin.describeTopics(List.of(topic)).allTopicNames(),
                        "asking for topic " + topic)
                .values()
                .stream()
                .flatMap(description -> description.partitions().stream())
                .map(info -> info.partition())
                .toList();
    }
}
