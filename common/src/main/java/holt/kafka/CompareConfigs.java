package holt.kafka;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Compares the settings of topics and groups with those that Holt needs. */
final class CompareConfigs {
    private static final long FOREVER = -1;

    private CompareConfigs() {}

    /** A change for each resource whose settings do not do. */
    static Stream<BrokerChange> changes(
            Admin admin, Map<ConfigResource, Map<String, String>> wanted) {
        Map<ConfigResource, Config> present =
                AwaitAdmin.answer(
                        admin.describeConfigs(wanted.keySet()).all(),
                        "asking for the settings of " + names(wanted));
        return wanted.entrySet().stream()
                .map(entry ->
                        new BrokerChange.Configure(
                                entry.getKey(),
                                differing(
                                        present.getOrDefault(entry.getKey(), new Config(List.of())),
                                        entry.getValue())))
                .filter(change -> !change.settings().isEmpty())
                .map(change -> change);
    }

    static Map<String, String> differing(Config present, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .filter(entry -> !does(present.get(entry.getKey()), entry))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A topic may keep its records for longer, may have shorter segments, and may need more replicas for a write. */
    private static boolean does(@Nullable ConfigEntry present, Map.Entry<String, String> wanted) {
        if (present == null || present.value() == null) {
            return false;
        }
        return switch (wanted.getKey()) {
            case TopicConfig.RETENTION_MS_CONFIG ->
                    number(present.value()) == FOREVER
                            || number(present.value()) >= number(wanted.getValue());
            case TopicConfig.SEGMENT_MS_CONFIG, TopicConfig.SEGMENT_BYTES_CONFIG ->
                    number(present.value()) <= number(wanted.getValue());
            case TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG ->
                    number(present.value()) >= number(wanted.getValue());
            default -> present.value().equals(wanted.getValue());
        };
    }

    private static long number(String value) {
        return Long.parseLong(value);
    }

    private static List<String> names(Map<ConfigResource, ?> wanted) {
        return wanted.keySet().stream().map(ConfigResource::name).sorted().toList();
    }
}
