package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.kafka.BrokerUnfitException;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.protocol.ModelName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsureTopicsIT {
    private static final ModelName MODEL = new ModelName("otter");
    private static final String QUEUE = TOPICS.queue(MODEL);

    @TempDir Path directory;

    @Test
    @DisplayName("R4: every topic carries the broker's time")
    void everyTopicCarriesTheBrokersTime() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            broker.topics().shared();
            broker.topics().queueOf(MODEL);

            Map<String, Integer> partitions = partitions(admin);
            for (String topic : partitions.keySet()) {
                assertThat(config(admin, ConfigResource.Type.TOPIC, topic))
                        .as(topic)
                        .containsEntry("message.timestamp.type", "LogAppendTime");
            }
            assertThat(partitions)
                    .isEqualTo(
                            Map.ofEntries(
                                    Map.entry("holt.replies", 64),
                                    Map.entry("holt.events", 4),
                                    Map.entry("holt.commands", 1),
                                    Map.entry("holt.settings", 1),
                                    Map.entry("holt.keys", 1),
                                    Map.entry("holt.controls", 1),
                                    Map.entry("holt.audit", 1),
                                    Map.entry("holt.usage", 1),
                                    Map.entry("holt.line", 1),
                                    Map.entry("holt.workers", 1),
                                    Map.entry("holt.dead", 1),
                                    Map.entry("holt.undelivered", 1),
                                    Map.entry("holt.retry.1s", 2),
                                    Map.entry("holt.retry.5s", 2),
                                    Map.entry("holt.retry.30s", 2),
                                    Map.entry("holt.owners", 1),
                                    Map.entry("holt.waiting", 8),
                                    Map.entry("holt.jobs.otter", 1)));
        }
    }

    @Test
    @DisplayName("R5: the start fails on a broker whose share groups are off")
    void theStartFailsWithoutShareGroups() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            admin.updateFeatures(
                            Map.of(
                                    "share.version",
                                    new FeatureUpdate(
                                            (short) 0, FeatureUpdate.UpgradeType.UNSAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();

            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(() -> broker.topics().shared())
                    .withMessageContaining("share.version is 0");
        }
    }

    @Test
    @DisplayName("R6: a process creates the shared topics that are missing and alters the others")
    void createsWhatIsMissingAndAltersTheRest() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(TOPICS.replies(), 3, (short) 1)
                                            .configs(Map.of("retention.ms", "-1")),
                                    new NewTopic(TOPICS.commands(), 3, (short) 1)
                                            .configs(
                                                    Map.of(
                                                            "cleanup.policy", "compact",
                                                            "retention.ms", "1000"))))
                    .all()
                    .get();

            broker.topics().shared();

            assertThat(partitions(admin))
                    .containsEntry(TOPICS.replies(), 64)
                    .containsEntry(TOPICS.commands(), 3)
                    .containsEntry(TOPICS.dead(), 1);
            assertThat(config(admin, ConfigResource.Type.TOPIC, TOPICS.replies()))
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("retention.ms", "-1");
            assertThat(config(admin, ConfigResource.Type.TOPIC, TOPICS.commands()))
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "90000000");
        }
    }

    @Test
    @DisplayName("R6: it refuses holt.events with fewer partitions, by name")
    void refusesWhatItMustNotAlter() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(TOPICS.events(), 2, (short) 1))).all().get();

            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(() -> broker.topics().shared())
                    .withMessageContaining("holt.events has 2 partitions instead of 4");
        }
    }

    @Test
    @DisplayName("R6: with holt.kafka.topics=check it changes nothing and names the commands")
    void onlyChecksIfItMayChangeNothing() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            var check =
                    new EnsureTopics(
                            new KafkaClients(
                                    new KafkaSettings(
                                            broker.bootstrap(),
                                            (short) -1,
                                            KafkaSettings.TopicChanges.CHECK,
                                            "holt.",
                                            Duration.ofSeconds(1),
                                            Map.of())),
                            TestBroker.QUEUES);
            String command = "kafka-topics.sh --bootstrap-server " + broker.bootstrap();

            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(check::shared)
                    .withMessageContaining(
                            command + " --create --topic holt.replies --partitions 64")
                    .withMessageContaining("--create --topic holt.dead");
            assertThat(partitions(admin)).isEmpty();

            broker.topics().shared();
            check.shared();
            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(() -> check.queueOf(MODEL))
                    .withMessageContaining("--create --topic " + QUEUE)
                    .withMessageContaining("--entity-type groups --entity-name " + QUEUE);
            broker.topics().queueOf(MODEL);
            check.queueOf(MODEL);
        }
    }

    @Test
    @DisplayName(
            "R11: a worker with more slots than a group may have is told which setting to raise")
    void theMembersOfAGroupAreLimited() {
        try (var broker = TestBroker.start(directory, Map.of("group.share.max.size", "9"))) {
            broker.topics().checkGroupLimits(Map.of(QUEUE, 9));

            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(() -> broker.topics().checkGroupLimits(Map.of(QUEUE, 10)))
                    .withMessageContaining("group.share.max.size to 10 or more");
        }
    }

    @Test
    @DisplayName("R11: so is a worker with more slots than the broker has share sessions")
    void theShareSessionsAreLimited() {
        var overrides = Map.of("group.share.max.size", "9", "group.share.max.share.sessions", "9");
        try (var broker = TestBroker.start(directory, overrides)) {
            broker.topics().checkGroupLimits(Map.of(QUEUE, 8, "other", 1));

            assertThatExceptionOfType(BrokerUnfitException.class)
                    .isThrownBy(
                            () -> broker.topics().checkGroupLimits(Map.of(QUEUE, 8, "other", 2)))
                    .withMessageContaining("group.share.max.share.sessions to 10 or more");
        }
    }

    @Test
    @DisplayName("R12: every group of a queue has these settings")
    void configuresTheGroups() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            broker.topics().shared();
            broker.topics().queueOf(MODEL);

            assertThat(config(admin, ConfigResource.Type.GROUP, QUEUE))
                    .containsAllEntriesOf(
                            Map.of(
                                    "share.auto.offset.reset", "earliest",
                                    "share.record.lock.duration.ms", "30000",
                                    "share.session.timeout.ms", "2000",
                                    "share.heartbeat.interval.ms", "666",
                                    "share.assignment.interval.ms", "0",
                                    "share.delivery.count.limit", "10",
                                    "errors.deadletterqueue.topic.name", "holt.undelivered",
                                    "errors.deadletterqueue.copy.record.enable", "true"));
        }
    }

    @Test
    @DisplayName("R12: on a stock broker a group gets the nearest values that it allows")
    void takesWhatAStockBrokerAllows() throws Exception {
        try (var broker = TestBroker.start(directory, TestBroker.STOCK);
                Admin admin = broker.clients().admin()) {
            broker.topics().shared();
            broker.topics().queueOf(MODEL);

            assertThat(config(admin, ConfigResource.Type.GROUP, QUEUE))
                    .containsEntry("share.auto.offset.reset", "earliest")
                    .containsEntry("share.session.timeout.ms", "45000")
                    .containsEntry("share.heartbeat.interval.ms", "5000")
                    .containsEntry("share.delivery.count.limit", "10");
        }
    }

    private static Map<String, Integer> partitions(Admin admin) throws Exception {
        var all = new HashMap<String, Integer>();
        admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .forEach((name, topic) -> all.put(name, topic.partitions().size()));
        return all;
    }

    private static Map<String, String> config(Admin admin, ConfigResource.Type type, String name)
            throws Exception {
        var resource = new ConfigResource(type, name);
        Stream<ConfigEntry> entries =
                admin
                        .describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .entries()
                        .stream();
        var config = new HashMap<String, String>();
        entries.forEach(entry -> config.put(entry.name(), entry.value()));
        return config;
    }
}
