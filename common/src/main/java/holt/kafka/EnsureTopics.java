package holt.kafka;

import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing of the topics, and configures the queues' share groups. Existing topics are left as they are. */
public final class EnsureTopics {
    /**
     * How often the broker hands out a job before it gives it up; the most that it allows by default. A dying worker's idle slots take the
     * job of a busy one, one after the other, before the broker has seen that all are gone, so that deliveries say little of runs.
     */
    private static final int DELIVERY_LIMIT = 10;

    /** Of {@code holt.events}. */
    public static final int EVENT_PARTITIONS = 4;

    private static final int HEARTBEATS_A_SESSION = 4;

    private static final Logger LOG = LoggerFactory.getLogger(EnsureTopics.class);
    private static final String MINUTES = millis(Duration.ofMinutes(15));

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final KafkaClients clients;
    private final QueueSettings queues;

    public EnsureTopics(KafkaClients clients, QueueSettings queues) {
        this.clients = clients;
        this.queues = queues;
    }

    /**
     * The topics that all processes share.
     *
     * @throws BrokerUnfitException if the broker is away, too old, or refuses
     */
    public void shared() {
        String results = millis(queues.resultRetention());
        var topics =
                new ArrayList<>(
                        List.of(
                                topic(Topics.REPLIES, Topics.REPLY_PARTITIONS, MINUTES),
                                topic(Topics.EVENTS, EVENT_PARTITIONS, results),
                                topic(Topics.COMMANDS, 1, millis(queues.retention())),
                                compacted(Topics.SETTINGS),
                                topic(Topics.WORKERS, 1, MINUTES),
                                topic(Topics.DEAD, 1, millis(Duration.ofDays(14))),
                                deadLetterQueue()));
        for (Topics.Retry retry : Topics.Retry.values()) {
            topics.add(topic(retry.topic(), 2, millis(queues.retention())));
        }
        try (Admin admin = clients.admin()) {
            CheckBroker.check(admin);
            create(admin, topics);
        }
    }

    /**
     * A model's queue topics and their share groups. The group must start at the earliest record before the first job is sent, or it
     * would skip what was sent before its first member came.
     *
     * @param slots of a lane that are about to come
     * @throws BrokerUnfitException if the broker is away or refuses
     */
    public void queuesOf(ModelName model, ToIntFunction<Lane> slots) {
        var topics = new ArrayList<NewTopic>();
        var groups = new ArrayList<ConfigResource>();
        for (Lane lane : Lane.values()) {
            String name = Topics.queue(model, lane);
            int partitions = queues.partitionsFor(slots.applyAsInt(lane));
            topics.add(topic(name, partitions, millis(queues.retention())));
            groups.add(new ConfigResource(ConfigResource.Type.GROUP, name));
        }
        try (Admin admin = clients.admin()) {
            create(admin, topics);
            configure(admin, groups, groupConfig());
            try {
                configure(admin, groups, sessionConfig());
            } catch (BrokerUnfitException e) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log(
                                "a dead worker's queue partitions will be without slots for longer; set"
                                        + " group.share.min.session.timeout.ms and group.share.min.heartbeat.interval.ms"
                                        + " on the broker to 500 or less");
            }
        }
    }

    /**
     * Gives a topic that many partitions, unless it has more.
     *
     * @return how many it has
     * @throws BrokerUnfitException if the broker is away or refuses
     */
    public int widen(String topic, int partitions) {
        try (Admin admin = clients.admin()) {
            if (partitions(admin, topic) < partitions) {
                grow(admin, topic, partitions);
            }
            return partitions(admin, topic);
        }
    }

    private static int partitions(Admin admin, String topic) {
        return await(admin.describeTopics(List.of(topic)).allTopicNames(), "asking for " + topic)
                .values()
                .stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private static void grow(Admin admin, String topic, int partitions) {
        try {
            await(
                    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                            .all(),
                    "giving " + topic + " " + partitions + " partitions");
        } catch (BrokerUnfitException e) {
            // Another process was first.
            if (!(e.getCause() instanceof InvalidPartitionsException)) {
                throw e;
            }
        }
        awaitLeaders(admin, List.of(topic));
    }

    /**
     * Whether that many more slots may come.
     *
     * @param slots by queue topic
     * @throws BrokerUnfitException that names the broker's setting and what it must be
     */
    public void requireRoom(Map<String, Integer> slots) {
        try (Admin admin = clients.admin()) {
            CheckGroupLimits.check(admin, slots);
        }
    }

    private static void configure(
            Admin admin, List<ConfigResource> groups, Map<String, String> config) {
        Collection<AlterConfigOp> changes =
                config.entrySet().stream()
                        .map(entry ->
                                new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()),
                                        AlterConfigOp.OpType.SET))
                        .toList();
        var all = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        groups.forEach(group -> all.put(group, changes));
        await(
                admin.incrementalAlterConfigs(all).all(),
                "configuring the share groups " + config.keySet());
    }

    /**
     * A member sees some of the partitions. What a dead one alone saw is served again when the group gives it up: 45 s by the broker's
     * defaults, which bound what a group may ask for.
     */
    private Map<String, String> sessionConfig() {
        return Map.of(
                "share.session.timeout.ms", millis(queues.session()),
                "share.heartbeat.interval.ms",
                        millis(queues.session().dividedBy(HEARTBEATS_A_SESSION)),
                "share.assignment.interval.ms", "0");
    }

    private Map<String, String> groupConfig() {
        return Map.of(
                "share.auto.offset.reset",
                "earliest",
                "share.record.lock.duration.ms",
                millis(queues.lock()),
                "share.renew.acknowledge.enable",
                "true",
                "share.delivery.count.limit",
                String.valueOf(DELIVERY_LIMIT),
                "share.partition.max.record.locks",
                String.valueOf(queues.recordLocks()),
                "errors.deadletterqueue.topic.name",
                Topics.UNDELIVERED,
                "errors.deadletterqueue.copy.record.enable",
                "true");
    }

    private NewTopic topic(String name, int partitions, String retentionMs) {
        return new NewTopic(
                        name,
                        Optional.of(partitions),
                        Optional.of(clients.settings().replication()))
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
                                TopicConfig.RETENTION_MS_CONFIG, retentionMs,
                                TopicConfig.SEGMENT_MS_CONFIG, retentionMs));
    }

    private NewTopic compacted(String name) {
        return new NewTopic(name, Optional.of(1), Optional.of(clients.settings().replication()))
                .configs(
                        Map.of(
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime",
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private NewTopic deadLetterQueue() {
        NewTopic topic = topic(Topics.UNDELIVERED, 1, millis(queues.retention()));
        var config = new HashMap<>(topic.configs());
        config.put(TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG, "true");
        return topic.configs(config);
    }

    private static void create(Admin admin, Collection<NewTopic> topics) {
        admin.createTopics(topics)
                .values()
                .forEach((name, future) -> {
                    try {
                        await(future, "creating topic " + name);
                    } catch (BrokerUnfitException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                });
        awaitLeaders(admin, topics.stream().map(NewTopic::name).toList());
    }

    /** A topic is created before brokers know of it; a producer that asks too early waits long for nothing. */
    private static void awaitLeaders(Admin admin, List<String> topics) {
        long giveUp = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (true) {
            try {
                if (await(admin.describeTopics(topics).allTopicNames(), "asking for topics")
                        .values()
                        .stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition ->
                                partition.leader() != null && !partition.leader().isEmpty())) {
                    return;
                }
            } catch (BrokerUnfitException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
            if (System.nanoTime() - giveUp > 0) {
                throw new BrokerUnfitException(
                        "the broker created " + topics + " but shows no leaders for them");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    static <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why =
                    cause instanceof TimeoutException
                            ? "the broker does not answer"
                            : cause.getMessage();
            throw new BrokerUnfitException(what + " failed: " + why, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException("interrupted while " + what, e);
        }
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
