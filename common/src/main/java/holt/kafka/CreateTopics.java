package holt.kafka;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics. Several processes may do so at once. Returns once each partition has a leader, because a
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
