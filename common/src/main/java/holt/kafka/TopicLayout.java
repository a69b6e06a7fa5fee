package holt.kafka;

import holt.protocol.ModelName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The partitions and settings of all topics. Each carries the broker's time. */
final class TopicLayout {
    private static final Duration SHORT = Duration.ofMinutes(15);
    private static final Duration DEAD_LETTERS = Duration.ofDays(14);
    private static final int RETRY_PARTITIONS = 2;

    private final short replication;
    private final QueueSettings queues;

    TopicLayout(KafkaSettings kafka, QueueSettings queues) {
        this.replication = kafka.replication();
        this.queues = queues;
    }

    /** The topics that all processes share. */
    List<NewTopic> shared() {
        Stream<NewTopic> retries =
                Stream.of(Topics.Retry.values())
                        .map(retry -> topic(retry.topic(), RETRY_PARTITIONS, queues.retention()));
        return Stream.concat(
                        Stream.of(
                                topic(Topics.REPLIES, Topics.REPLY_PARTITIONS, SHORT),
                                topic(
                                        Topics.EVENTS,
                                        Topics.EVENT_PARTITIONS,
                                        queues.resultRetention()),
                                topic(Topics.COMMANDS, 1, queues.retention()),
                                compacted(Topics.SETTINGS),
                                topic(Topics.WORKERS, 1, SHORT),
                                topic(Topics.OWNERS, 1, SHORT),
                                topic(Topics.DEAD, 1, DEAD_LETTERS),
                                undelivered()),
                        retries)
                .toList();
    }

    NewTopic queueOf(ModelName model) {
        return topic(Topics.queue(model), 1, queues.retention());
    }

    private NewTopic topic(String name, int partitions, Duration retention) {
        String millis = String.valueOf(retention.toMillis());
        return new NewTopic(name, Optional.of(partitions), Optional.of(replication))
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
                                TopicConfig.RETENTION_MS_CONFIG, millis,
                                TopicConfig.SEGMENT_MS_CONFIG, millis));
    }

    private NewTopic compacted(String name) {
        return new NewTopic(name, Optional.of(1), Optional.of(replication))
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime",
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /** The broker writes it, which a topic must allow. */
    private NewTopic undelivered() {
        NewTopic topic = topic(Topics.UNDELIVERED, 1, queues.retention());
        var config = new HashMap<>(topic.configs());
        config.put(TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG, "true");
        return topic.configs(config);
    }
}
