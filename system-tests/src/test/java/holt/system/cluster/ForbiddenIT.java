package holt.system.cluster;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.system.rig.Cluster;
import holt.system.rig.ThreeBrokers;
import holt.system.rig.access.DocumentedRights;
import holt.system.rig.access.User;
import holt.system.rig.time.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the brokers refuse to the API's and the workers' users. docs/operations.md lists it. */
@Tag("cluster")
@Tag("faults")
@Timeout(60)
class ForbiddenIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir static Path directory;

    private static ThreeBrokers brokers;

    @BeforeAll
    static void start() {
        brokers = ThreeBrokers.start(directory);
        new EnsureTopics(brokers.clients(User.ADMIN), Cluster.queues()).shared();
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    private interface Deed {
        void with(KafkaClients clients);
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                arguments("cancel jobs", User.WORKER, write(TOPICS.commands())),
                arguments("read answers on their way", User.WORKER, read(TOPICS.replies())),
                arguments("read dead letters", User.WORKER, read(TOPICS.dead())),
                arguments("write broker's dead letters", User.WORKER, write(TOPICS.undelivered())),
                arguments("answer clients", User.API, write(TOPICS.replies())),
                arguments("announce models", User.API, write(TOPICS.settings())),
                arguments("make keys", User.WORKER, write(TOPICS.keys())),
                arguments("read keys", User.WORKER, read(TOPICS.keys())),
                arguments("pause models", User.WORKER, write(TOPICS.controls())),
                arguments("write the audit", User.WORKER, write(TOPICS.audit())),
                arguments("read the audit", User.WORKER, read(TOPICS.audit())),
                arguments("change usage", User.WORKER, write(TOPICS.usage())),
                arguments("take jobs", User.API, claim("holt.jobs.scripted")),
                arguments("delete topics", User.API, deleteEvents()),
                arguments("delete topics", User.WORKER, deleteEvents()),
                arguments("make topics of another application", User.API, createOther()),
                arguments("make topics of another application", User.WORKER, createOther()),
                arguments("change rights", User.WORKER, administer(ForbiddenIT::createRight)));
    }

    @ParameterizedTest(name = "{1} cannot {0}")
    @MethodSource("forbidden")
    void isRefused(String what, User user, Deed deed) {
        assertThat(catchThrowable(() -> deed.with(brokers.clients(user))))
                .as(user + " may " + what)
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(AuthorizationException.class),
                        thrown ->
                                assertThat(thrown)
                                        .hasCauseInstanceOf(AuthorizationException.class));
    }

    private static Deed write(String topic) {
        return clients -> {
            try (var publisher = clients.publisher(Duration.ZERO, SOON)) {
                publisher.prepare(topic, SOON);
                Await.result(publisher.send(new ProducerRecord<>(topic, new byte[1])));
            }
        };
    }

    private static Deed read(String topic) {
        return clients -> {
            try (var reader = clients.consumer(Map.of())) {
                var partition = new TopicPartition(topic, 0);
                reader.assign(List.of(partition));
                reader.seek(partition, 0);
                reader.poll(SOON);
            }
        };
    }

    private static Deed claim(String group) {
        return clients -> {
            try (var slot = clients.shareConsumer(group, 1)) {
                slot.subscribe(Set.of(group));
                slot.poll(SOON);
            }
        };
    }

    private static Deed deleteEvents() {
        return administer(admin -> admin.deleteTopics(List.of(TOPICS.events())).all());
    }

    private static Deed createOther() {
        var other = new NewTopic("other", 1, (short) 3);
        return administer(admin -> admin.createTopics(List.of(other)).all());
    }

    private static KafkaFuture<Void> createRight(Admin admin) {
        return admin.createAcls(DocumentedRights.read()).all();
    }

    private static Deed administer(Function<Admin, KafkaFuture<Void>> change) {
        return clients -> {
            try (Admin admin = clients.admin()) {
                Await.result(change.apply(admin).toCompletionStage());
            }
        };
    }
}
