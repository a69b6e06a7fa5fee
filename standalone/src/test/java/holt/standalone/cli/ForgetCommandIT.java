package holt.standalone.cli;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import holt.standalone.embedded.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetCommandIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ModelName MODEL = new ModelName("Org/Fish");
    private static final KnownModel KNOWN =
            new KnownModel(MODEL, KnownModel.Kind.CHAT, "", Instant.EPOCH, 64, 8);

    @TempDir Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ForgetCommand command = new ForgetCommand(new PrintStream(output, true, UTF_8));
    private TestBroker broker;
    private KafkaClients clients;

    @BeforeEach
    void startBrokerWithAModel() {
        broker = TestBroker.start(directory);
        broker.topics().shared();
        broker.topics().queueOf(MODEL);
        broker.topics().queueOf(new ModelName("other"));
        clients =
                new KafkaClients(
                        new KafkaSettings(
                                broker.bootstrap(),
                                (short) 1,
                                KafkaSettings.TopicChanges.CREATE,
                                "holt.",
                                Duration.ofMillis(500),
                                Map.of()));
        send(TOPICS.settings(), KnownModel.key(MODEL), Codec.encode(KNOWN));
        command.model = MODEL;
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void removesWhatTheBrokerHoldsOfTheModel() throws Exception {
        command.forget(clients);

        assertThat(shown().lines())
                .hasSizeGreaterThanOrEqualTo(2)
                .anyMatch(line ->
                        line.equals("removed the topic " + TOPICS.queue(MODEL) + " with 0 jobs"))
                .contains("removed the record model/Org/Fish of holt.settings");
        assertThat(queues())
                .containsExactlyInAnyOrderElementsOf(List.of(TOPICS.queue(new ModelName("other"))));

        output.reset();
        command.forget(clients);
        assertThat(shown().strip()).isEqualTo("the broker holds nothing of Org/Fish");
    }

    @Test
    void refusesWhileAWorkerServesTheModel() throws Exception {
        var worker =
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(new Heartbeat.Serving(KNOWN, 1)));
        try (var heart =
                new SendHeartbeats(
                        clients,
                        new BrokerClock(),
                        () -> worker,
                        () -> new Heartbeat.WorkerGone(new WorkerId("w")))) {
            heart.start();

            assertThatThrownBy(() -> command.forget(clients))
                    .hasMessage("1 workers serve Org/Fish; stop them first, or add --force");
        }

        assertThat(queues()).containsAll(List.of(TOPICS.queue(MODEL)));
    }

    @Test
    void refusesWhileJobsWaitUnlessForced() throws Exception {
        send(TOPICS.queue(MODEL), "j", new byte[] {1});

        assertThatThrownBy(() -> command.forget(clients))
                .hasMessage(
                        "1 jobs wait for Org/Fish; start a worker for them, or add --force to lose them");
        assertThat(queues()).containsAll(List.of(TOPICS.queue(MODEL)));

        command.force = true;
        command.forget(clients);
        assertThat(shown()).contains("removed the topic " + TOPICS.queue(MODEL) + " with 1 jobs");
        assertThat(queues()).doesNotContainAnyElementsOf(List.of(TOPICS.queue(MODEL)));
    }

    @Test
    void jobsThatEndedDoNotWait() {
        String queue = TOPICS.queue(MODEL);
        send(queue, "j", new byte[] {1});
        try (var consumer = clients.shareConsumer(queue, 1)) {
            consumer.subscribe(List.of(queue));
            var taken = consumer.poll(Duration.ofMillis(100));
            while (taken.isEmpty()) {
                taken = consumer.poll(Duration.ofMillis(100));
            }
            taken.forEach(consumer::acknowledge);
            consumer.commitSync(SOON);
        }

        command.forget(clients);

        assertThat(shown())
                .contains("removed the topic " + queue + " with 0 jobs")
                .contains("removed the share group " + queue);
    }

    private List<String> queues() throws Exception {
        try (Admin admin = clients.admin()) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith("holt.jobs."))
                    .toList();
        }
    }

    private String shown() {
        return output.toString(UTF_8);
    }

    private void send(String topic, String key, byte[] value) {
        try (var publisher = clients.publisher(Duration.ZERO, SOON)) {
            assertThat(publisher.send(new ProducerRecord<>(topic, key, value)))
                    .succeedsWithin(SOON);
        }
    }
}
