package holt.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The settings of one broker, which stand for those of all.
 *
 * @param nodes how many brokers there are
 */
record BrokerConfig(int nodes, Map<String, String> settings) {
    static BrokerConfig read(Admin admin) {
        Collection<Node> nodes =
                AwaitAdmin.answer(admin.describeCluster().nodes(), "asking for the brokers");
        var broker =
                new ConfigResource(ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        Config config =
                AwaitAdmin.answer(
                                admin.describeConfigs(List.of(broker)).all(),
                                "asking the broker for its settings")
                        .getOrDefault(broker, new Config(List.of()));
        return new BrokerConfig(
                nodes.size(),
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    /** Whether one broker can restart while the copies on the others keep each partition alive. */
    boolean isCluster() {
        return nodes >= 3;
    }

    /** The copies of a topic that is created without a number of its own. */
    int copies() {
        return (int) number("default.replication.factor", 1);
    }

    /** The value, or the fallback if the broker does not have the setting. */
    long number(String setting, long fallback) {
        String value = settings.get(setting);
        return value == null ? fallback : Long.parseLong(value);
    }

    /** The nearest value that the broker allows for a setting of a share group, such as {@code session.timeout.ms}. */
    long allowed(String setting, long wanted) {
        long least = number("group.share.min." + setting, 0);
        long most = number("group.share.max." + setting, Long.MAX_VALUE);
        return Math.clamp(wanted, least, Math.max(least, most));
    }

    /** The nearest duration that the broker allows. */
    Duration allowed(String setting, Duration wanted) {
        return Duration.ofMillis(allowed(setting, wanted.toMillis()));
    }
}
