package holt.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** A change of the broker that Holt needs. */
sealed interface BrokerChange {
    /** The command of Kafka's distribution that makes the change, without the broker's address. */
    String command();

    /** A topic that is missing. */
    record Create(NewTopic topic) implements BrokerChange {
        @Override
        public String command() {
            String replication =
                    topic.replicationFactor() > 0
                            ? " --replication-factor " + topic.replicationFactor()
                            : "";
            String settings =
                    new TreeMap<>(topic.configs())
                            .entrySet().stream()
                                    .map(entry -> " --config " + entry)
                                    .collect(Collectors.joining());
            return "kafka-topics.sh --create --topic %s --partitions %d%s%s"
                    .formatted(topic.name(), topic.numPartitions(), replication, settings);
        }
    }

    /** Partitions that a topic lacks. */
    record Widen(String topic, int partitions) implements BrokerChange {
        @Override
        public String command() {
            return "kafka-topics.sh --alter --topic %s --partitions %d"
                    .formatted(topic, partitions);
        }
    }

    /** Settings of a topic or a group that differ. */
    record Configure(ConfigResource of, Map<String, String> settings) implements BrokerChange {
        @Override
        public String command() {
            String all =
                    new TreeMap<>(settings)
                            .entrySet().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(","));
            return "kafka-configs.sh --alter --entity-type %ss --entity-name %s --add-config %s"
                    .formatted(of.type().name().toLowerCase(Locale.ROOT), of.name(), all);
        }
    }
}
