package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class BrokerChangeTest {
    private static final Map<String, String> CONFIGS = Map.of("b", "2", "a", "1");

    @Test
    void aTopicHasItsSettingsInTheCommand() {
        var topic = new NewTopic("holt.dead", Optional.of(4), Optional.of((short) 3));

        assertThat(new BrokerChange.Create(topic.configs(CONFIGS)).command())
                .isEqualTo(
                        "kafka-topics.sh --create --topic holt.dead --partitions 4 --replication-factor 3 --config a=1 --config b=2");
    }

    @Test
    void withoutANumberOfCopiesTheBrokerChooses() {
        var topic = new NewTopic("holt.dead", Optional.of(1), Optional.empty());

        assertThat(new BrokerChange.Create(topic.configs(Map.of())).command())
                .isEqualTo("kafka-topics.sh --create --topic holt.dead --partitions 1");
    }

    @Test
    void settingsAreAddedInOneCommand() {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "holt.jobs.m");

        assertThat(new BrokerChange.Configure(group, CONFIGS).command())
                .isEqualTo(
                        "kafka-configs.sh --alter --entity-type groups --entity-name holt.jobs.m --add-config a=1,b=2");
    }

    @Test
    void partitionsAreAdded() {
        assertThat(new BrokerChange.Widen("holt.replies", 64).command())
                .isEqualTo("kafka-topics.sh --alter --topic holt.replies --partitions 64");
    }
}
