package holt.standalone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.FollowTopic;
import holt.kafka.FollowTopic.From;
import holt.kafka.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTopicIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Map<String, String> RIGHTS =
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true");

    @TempDir static Path directory;

    private static TestBroker broker;

    private final String topic = "followed-" + UUID.randomUUID();
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
    private Publisher publisher;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(directory, RIGHTS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
        publisher = broker.clients().publisher(Duration.ZERO, SOON);
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    @Test
    void readsEverythingFromTheBeginningAndThenWhatComes() throws Exception {
        send(0, "a");
        send(1, "b");
        try (var _ = follow(List.of(), new From.Beginning()).awaitCaughtUp()) {
            assertThat(read).containsExactlyInAnyOrder("a", "b");
            read.clear();

            send(0, "c");

            assertThat(next()).isEqualTo("c");
        }
    }

    @Test
    void readsOnlyWhatComesFromTheEnd() throws Exception {
        send(0, "a");
        try (var _ = follow(List.of(), new From.End()).awaitCaughtUp()) {
            send(0, "b");

            assertThat(next()).isEqualTo("b");
        }
    }

    @Test
    void readsTheNewestSinceATime() throws Exception {
        for (String value : List.of("a", "b", "c")) {
            send(0, value);
        }
        try (var _ = follow(List.of(), new From.Since(Instant.EPOCH, 2)).awaitCaughtUp()) {
            assertThat(read).containsExactly("b", "c");
        }
        try (var _ =
                follow(List.of(), new From.Since(Instant.now().plus(SOON), 2)).awaitCaughtUp()) {
            send(1, "d");

            assertThat(read).containsExactly("b", "c");
            assertThat(List.of(next(), next(), next())).containsExactly("b", "c", "d");
        }
    }

    @Test
    void readsOnlyThePartitionsThatItIsGiven() throws Exception {
        try (var _ = follow(List.of(1), new From.Beginning()).awaitCaughtUp()) {
            send(0, "a");
            send(1, "b");

            assertThat(next()).isEqualTo("b");
        }
    }

    @Test
    void goesOnAfterARecordThatCannotBeApplied() throws Exception {
        send(0, "broken");
        send(0, "a");
        try (var _ = follow(List.of(), new From.Beginning()).awaitCaughtUp()) {
            assertThat(read).containsExactly("a");
        }
    }

    @Test
    void goesOnBehindItsLastRecordAfterItMayReadAgain() throws Exception {
        try (var follow = follow(List.of(), new From.Beginning());
                Admin admin = broker.clients().admin()) {
            send(0, "a");
            assertThat(next()).isEqualTo("a");

            admin.createAcls(
                            List.of(
                                    acl(AclOperation.ALL, AclPermissionType.ALLOW),
                                    acl(AclOperation.READ, AclPermissionType.DENY)))
                    .all()
                    .get();
            untilItFails(follow);
            send(0, "b");
            assertThat(follow.isRunning()).isTrue();
            admin.deleteAcls(List.of(acl(AclOperation.READ, AclPermissionType.DENY).toFilter()))
                    .all()
                    .get();

            assertThat(next()).isEqualTo("b");
            untilItIsWell(follow);
        }
    }

    @Test
    void goesOnWhenATopicThatWasDeletedIsBack() throws Exception {
        try (var follow = follow(List.of(), new From.Beginning());
                Admin admin = broker.clients().admin()) {
            send(0, "a");
            assertThat(next()).isEqualTo("a");

            admin.deleteTopics(List.of(topic)).all().get();
            untilItFails(follow);
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            publisher.close();
            publisher = broker.clients().publisher(Duration.ZERO, SOON);
            send(1, "b");

            assertThat(next()).isEqualTo("b");
        }
    }

    private static void untilItFails(FollowTopic follow) {
        until(() -> !follow.health().failing().isZero());
    }

    /** The follower notes a success after it has given the records to their reader. */
    private static void untilItIsWell(FollowTopic follow) {
        until(() -> follow.health().failing().isZero());
    }

    private static void until(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private AclBinding acl(AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }

    private FollowTopic follow(List<Integer> partitions, From from) {
        return new FollowTopic(
                broker.clients(),
                topic,
                partitions,
                from,
                record -> {
                    String value = new String(record.value(), UTF_8);
                    if (value.equals("broken")) {
                        throw new IllegalStateException("broken");
                    }
                    read.add(value);
                });
    }

    private String next() throws InterruptedException {
        return read.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void send(int partition, String value) {
        assertThat(
                        publisher.send(
                                new ProducerRecord<>(
                                        topic, partition, null, value.getBytes(UTF_8))))
                .succeedsWithin(SOON);
    }
}
