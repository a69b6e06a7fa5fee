package holt.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Compares the topics on the broker with the layout. */
final class CompareTopics {
    private final Admin admin;
    private final BrokerConfig broker;
    private final Topics topics;

    CompareTopics(Admin admin, BrokerConfig broker, Topics topics) {
        this.admin = admin;
        this.broker = broker;
        this.topics = topics;
    }

    /**
     * The changes that make the topics fit.
     *
     * @throws BrokerUnfitException that names each topic which Holt must not change, and says what to do
     */
    Stream<BrokerChange> changes(List<NewTopic> wanted) {
        Map<String, TopicDescription> present = describe(wanted);
        List<String> problems = problems(topics, broker, wanted, present);
        if (!problems.isEmpty()) {
            throw new BrokerUnfitException(
                    "topics are not as Holt needs them: " + String.join("; ", problems));
        }
        Stream<BrokerChange> missing =
                wanted.stream()
                        .filter(topic -> !present.containsKey(topic.name()))
                        .map(BrokerChange.Create::new);
        Stream<BrokerChange> narrow =
                wanted.stream()
                        .filter(topic -> present.containsKey(topic.name()))
                        .filter(topic -> partitions(present, topic) < topic.numPartitions())
                        .map(topic -> new BrokerChange.Widen(topic.name(), topic.numPartitions()));
        Map<ConfigResource, Map<String, String>> settings =
                wanted.stream()
                        .filter(topic -> present.containsKey(topic.name()))
                        .collect(Collectors.toMap(CompareTopics::resource, this::settings));
        return Stream.of(missing, narrow, CompareConfigs.changes(admin, settings))
                .flatMap(changes -> changes);
    }

    private Map<String, TopicDescription> describe(List<NewTopic> wanted) {
        var present = new HashMap<String, TopicDescription>();
        admin.describeTopics(wanted.stream().map(NewTopic::name).toList())
                .topicNameValues()
                .forEach((name, future) -> {
                    try {
                        present.put(name, AwaitAdmin.answer(future, "asking for topic " + name));
                    } catch (BrokerUnfitException e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw e;
                        }
                    }
                });
        return present;
    }

    /** What Holt must not change, one sentence for each topic. */
    static List<String> problems(
            Topics topics,
            BrokerConfig broker,
            List<NewTopic> wanted,
            Map<String, TopicDescription> present) {
        var problems = new ArrayList<String>();
        for (NewTopic topic : wanted) {
            TopicDescription is = present.get(topic.name());
            if (is == null) {
                continue;
            }
            // Its records are ordered by job. More partitions would split the jobs that run now.
            if (topic.name().equals(topics.events())
                    && is.partitions().size() < topic.numPartitions()) {
                problems.add(
                        "%s has %d partitions instead of %d: stop all processes of Holt, then give it the others"
                                .formatted(
                                        topic.name(),
                                        is.partitions().size(),
                                        topic.numPartitions()));
            }
            if (broker.isCluster() && copies(is) < copies(broker, topic)) {
                problems.add(
                        "%s has %d copies instead of %d: add some with kafka-reassign-partitions.sh, or set holt.kafka.replication to %d"
                                .formatted(
                                        topic.name(),
                                        copies(is),
                                        copies(broker, topic),
                                        copies(is)));
            }
        }
        return problems;
    }

    private Map<String, String> settings(NewTopic topic) {
        var settings = new HashMap<>(topic.configs());
        if (broker.isCluster()) {
            settings.put(
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    String.valueOf(broker.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1)));
        }
        return settings;
    }

    private static int copies(BrokerConfig broker, NewTopic topic) {
        return topic.replicationFactor() > 0 ? topic.replicationFactor() : broker.copies();
    }

    private static int copies(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static int partitions(Map<String, TopicDescription> present, NewTopic topic) {
        TopicDescription is = present.get(topic.name());
        return is == null ? 0 : is.partitions().size();
    }

    private static ConfigResource resource(NewTopic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }
}
