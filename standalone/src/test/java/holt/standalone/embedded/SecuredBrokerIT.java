package holt.standalone.embedded;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.kafka.BrokerUnfitException;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaConfiguration;
import holt.protocol.ModelName;
import holt.tls.PrivateCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A broker that lets in who comes by TLS and knows the password: every kind of client that Holt has, by its settings alone. */
class SecuredBrokerIT {
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"%s;";
    private static final ModelName MODEL = new ModelName("otter");
    private static final String QUEUE = TOPICS.queue(MODEL);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir static Path directory;

    private static PrivateCa ca;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        ca = PrivateCa.create(directory);
        var kept = new KeptPorts(directory.resolve("ports.properties"));
        var ports = new BrokerPorts(kept.port("kafka"), kept.port("controller"));
        broker = EmbeddedBroker.start(directory.resolve("kafka"), ports, secured());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void servesEveryKindOfClientThatSaysWhoItIs() {
        with(
                secrets("fish"),
                clients -> {
                    var topics = clients.topics();
                    topics.shared();
                    topics.queueOf(MODEL);
                    send(clients.clients(), "job");

                    assertThat(receive(clients.clients())).isEqualTo("job");
                    try (var reader = clients.clients().consumer(Map.of())) {
                        var partition = new TopicPartition(QUEUE, 0);
                        reader.assign(List.of(partition));
                        reader.seekToBeginning(List.of(partition));
                        assertThat(reader.poll(SOON).iterator().next().key()).isEqualTo("job");
                    }
                });
    }

    @Test
    void aWrongPasswordFailsTheStartAndSaysSo() {
        with(
                secrets("crab"),
                clients ->
                        assertThatExceptionOfType(BrokerUnfitException.class)
                                .isThrownBy(() -> clients.topics().shared())
                                .withMessageContaining("Authentication failed")
                                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("crab")));
    }

    @Test
    void whoDoesNotTrustTheBrokersCertificateSaysSo() {
        List<String> settings =
                secrets("fish").stream()
                        .filter(setting -> !setting.contains("truststore"))
                        .toList();

        with(
                settings,
                clients ->
                        assertThatExceptionOfType(BrokerUnfitException.class)
                                .isThrownBy(() -> clients.topics().shared())
                                .withMessageContaining("SSL handshake failed"));
    }

    /** As an operator writes them. */
    private static List<String> secrets(String password) {
        return List.of(
                "holt.kafka.bootstrap=" + broker.bootstrap(),
                "holt.kafka.client.security.protocol=SASL_SSL",
                "holt.kafka.client.sasl.mechanism=PLAIN",
                "holt.kafka.client.sasl.jaas.config=" + LOGIN.formatted("holt", password, ""),
                "holt.kafka.client.ssl.truststore.type=PEM",
                "holt.kafka.client.ssl.truststore.location=" + ca.trusted());
    }

    private static Map<String, String> secured() throws Exception {
        // Kafka wants key and certificates in one file.
        Path identity = directory.resolve("identity.pem");
        Files.copy(ca.key(), identity);
        Files.writeString(identity, Files.readString(ca.certificate()), StandardOpenOption.APPEND);
        String users = " user_broker=\"itself\" user_holt=\"fish\"";
        return Map.of(
                "listener.security.protocol.map",
                "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.broker.plain.sasl.jaas.config",
                LOGIN.formatted("broker", "itself", users),
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.location",
                identity.toString(),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                ca.trusted().toString());
    }

    private record Clients(KafkaClients clients, EnsureTopics topics) {}

    private interface Use {
        void of(Clients clients);
    }

    private static void with(List<String> settings, Use use) {
        new ApplicationContextRunner()
                .withUserConfiguration(KafkaConfiguration.class)
                .withPropertyValues(settings.toArray(String[]::new))
                .run(context ->
                        use.of(
                                new Clients(
                                        context.getBean(KafkaClients.class),
                                        context.getBean(EnsureTopics.class))));
    }

    private static void send(KafkaClients clients, String key) {
        try (var publisher = clients.publisher(Duration.ZERO, SOON)) {
            publisher.prepare(QUEUE, SOON);
            assertThat(publisher.send(new ProducerRecord<>(QUEUE, key, new byte[] {1})))
                    .succeedsWithin(SOON);
        }
    }

    private static String receive(KafkaClients clients) {
        try (var consumer = clients.shareConsumer(QUEUE, 1)) {
            consumer.subscribe(Set.of(QUEUE));
            long start = System.nanoTime();
            while (System.nanoTime() - start < SOON.toNanos()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                for (var record : records) {
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                    consumer.commitSync();
                    return record.key();
                }
            }
        }
        throw new AssertionError("nothing came");
    }
}
