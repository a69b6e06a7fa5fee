package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KafkaSettingsTest {
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"holt\" password=\"fish\";";

    @Test
    void takesTheClientsFurtherSettingsFromTheEnvironment() {
        assertThat(
                        bind(Map.of(
                                        "HOLT_KAFKA_BOOTSTRAP",
                                        "otter:9093",
                                        "HOLT_KAFKA_CLIENT_SECURITY_PROTOCOL",
                                        "SASL_SSL",
                                        "HOLT_KAFKA_CLIENT_SASL_JAAS_CONFIG",
                                        LOGIN,
                                        "HOLT_KAFKA_CLIENT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM",
                                        "https"))
                                .client())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", LOGIN),
                        Map.entry("ssl.endpoint.identification.algorithm", "https"));
    }

    @Test
    void neverPrintsThem() {
        KafkaSettings settings =
                bind(
                        Map.of(
                                "HOLT_KAFKA_BOOTSTRAP",
                                "otter:9093",
                                "HOLT_KAFKA_CLIENT_SASL_JAAS_CONFIG",
                                LOGIN));

        assertThat(settings.toString())
                .contains("otter:9093", "sasl.jaas.config")
                .doesNotContain("fish");
    }

    @Test
    @DisplayName(
            "R32: a heartbeat comes every second, and a process is dead after three missed ones")
    void aProcessIsDeadAfterThreeMissedHeartbeats() {
        KafkaSettings settings = bind(Map.of("HOLT_KAFKA_BOOTSTRAP", "otter:9093"));

        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.deadAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leavesTheCopiesToTheBrokerAndCreatesTopicsUnlessSet() {
        KafkaSettings unset = bind(Map.of("HOLT_KAFKA_BOOTSTRAP", "otter:9093"));
        KafkaSettings set =
                bind(
                        Map.of(
                                "HOLT_KAFKA_BOOTSTRAP", "otter:9093",
                                "HOLT_KAFKA_REPLICATION", "3",
                                "HOLT_KAFKA_TOPICS", "check"));

        assertThat(unset.replication()).isEqualTo((short) -1);
        assertThat(unset.topics()).isEqualTo(KafkaSettings.TopicChanges.CREATE);
        assertThat(set.replication()).isEqualTo((short) 3);
        assertThat(set.topics()).isEqualTo(KafkaSettings.TopicChanges.CHECK);
    }

    @Test
    void takesTheTopicPrefixFromTheEnvironment() {
        KafkaSettings unset = bind(Map.of("HOLT_KAFKA_BOOTSTRAP", "otter:9093"));
        KafkaSettings set = bind(withPrefix("team-a.holt."));

        assertThat(new KafkaClients(unset).topics().events()).isEqualTo("holt.events");
        assertThat(new KafkaClients(set).topics().events()).isEqualTo("team-a.holt.events");
        assertThat(set.toString()).contains("topicPrefix=team-a.holt.");
    }

    @Test
    void refusesAWrongTopicPrefix() {
        assertThatThrownBy(() -> bind(withPrefix("team a.")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageStartingWith("holt.kafka.topic-prefix: ");
    }

    private static Map<String, Object> withPrefix(String prefix) {
        return Map.of("HOLT_KAFKA_BOOTSTRAP", "otter:9093", "HOLT_KAFKA_TOPIC_PREFIX", prefix);
    }

    private static KafkaSettings bind(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        // Instead of this process's own environment.
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                variables));
        return Binder.get(environment).bind("holt.kafka", KafkaSettings.class).get();
    }
}
