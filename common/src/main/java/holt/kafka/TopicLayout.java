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
    private static final Duration AUDIT = Duration.ofDays(365);
    private static final int RETRY_PARTITIONS = 2;

    /** The broker compacts only closed segments. */
    private static final Duration SMALL_SEGMENT = Duration.ofHours(1);

    private static final int SMALL_SEGMENT_BYTES = 1 << 20;

    private final Topics topics;
    private final Optional<Short> replication;
    private final QueueSettings queues;

    TopicLayout(Topics topics, KafkaSettings kafka, QueueSettings queues) {
        this.topics = topics;
        this.replication =
                kafka.replication() > 0 ? Optional.of(kafka.replication()) : Optional.empty();
        this.queues = queues;
    }

    /** The topics that all processes share. */
    List<NewTopic> shared() {
        Stream<NewTopic> retries =
                Stream.of(Topics.Retry.values())
                        .map(retry ->
                                topic(topics.retry(retry), RETRY_PARTITIONS, queues.retention()));
        return Stream.concat(
                        Stream.of(
                                topic(
                                        topics.waiting(),
                                        Topics.WAITING_PARTITIONS,
                                        queues.retention()),
                                topic(topics.replies(), Topics.REPLY_PARTITIONS, SHORT),
                                topic(
                                        topics.events(),
                                        Topics.EVENT_PARTITIONS,
                                        queues.resultRetention()),
                                topic(topics.commands(), 1, queues.retention()),
                                compacted(topics.settings()),
                                compacted(topics.keys()),
                                compacted(topics.controls()),
                                topic(topics.audit(), 1, AUDIT),
                                compacted(topics.usage()),
                                topic(topics.workers(), 1, SHORT),
                                topic(topics.owners(), 1, SHORT),
                                topic(topics.line(), 1, SHORT),
                                topic(topics.dead(), 1, DEAD_LETTERS),
                                undelivered()),
                        retries)
                .toList();
    }

    NewTopic queueOf(ModelName model) {
        return topic(topics.queue(model), 1, queues.retention());
    }

    private NewTopic topic(String name, int partitions, Duration retention) {
        return new NewTopic(name, Optional.of(partitions), replication)
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime",
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                millis(retention),
                                TopicConfig.SEGMENT_MS_CONFIG,
                                millis(retention)));
    }

    private NewTopic compacted(String name) {
        return new NewTopic(name, Optional.of(1), replication)
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime",
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT,
                                TopicConfig.SEGMENT_MS_CONFIG,
                                millis(SMALL_SEGMENT),
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                String.valueOf(SMALL_SEGMENT_BYTES)));
    }

    /** The broker writes it, which a topic must allow. */
    private NewTopic undelivered() {
        NewTopic topic = topic(topics.undelivered(), 1, queues.retention());
        var config = new HashMap<>(topic.configs());
        config.put(TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG, "true");
        return topic.configs(config);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
