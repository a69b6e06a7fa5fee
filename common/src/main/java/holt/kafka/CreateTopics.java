package holt.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics, and adds partitions to them. Several processes may do so at once. Returns once each partition has a leader, because a
 * producer that looks up a topic too early waits long.
 */
final class CreateTopics {
    private final Admin admin;

    CreateTopics(Admin admin) {
        this.admin = admin;
    }

    /** Creates those that are missing, and leaves the others as they are. */
    void create(List<NewTopic> topics) {
        admin.createTopics(topics)
                .values()
                .forEach((name, future) -> {
                    try {
                        AwaitAdmin.answer(future, "creating topic " + name);
                    } catch (BrokerUnfitException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                });
        awaitLeaders(topics.stream().map(NewTopic::name).toList());
    }

    /** Adds partitions until the topic has at least this many. Returns how many it has. */
    int widen(String topic, int partitions) {
        if (partitions(topic) < partitions) {
            addPartitions(topic, partitions);
        }
        return partitions(topic);
    }

    private int partitions(String topic) {
        return AwaitAdmin.answer(
                        admin.describeTopics(List.of(topic)).allTopicNames(), "asking for " + topic)
                .values()
                .stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private void addPartitions(String topic, int partitions) {
        try {
            AwaitAdmin.answer(
                    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                            .all(),
                    "giving " + topic + " " + partitions + " partitions");
        } catch (BrokerUnfitException e) {
            // Another process was first.
            if (!(e.getCause() instanceof InvalidPartitionsException)) {
                throw e;
            }
        }
        awaitLeaders(List.of(topic));
    }

    private void awaitLeaders(List<String> topics) {
        AwaitAdmin.until(
                () -> haveLeaders(topics),
                "the broker created " + topics + " but shows no leaders for them");
    }

    private boolean haveLeaders(List<String> topics) {
        try {
            return AwaitAdmin.answer(
                            admin.describeTopics(topics).allTopicNames(), "asking for topics")
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
        } catch (BrokerUnfitException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
