package holt.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the group configuration of share groups. */
final class ConfigureGroups {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigureGroups.class);

    /** How often the broker delivers a job that no worker accepts, before it gives the job up. Brokers allow no more by default. */
    private static final int DELIVERY_LIMIT = 10;

    private static final int HEARTBEATS_A_SESSION = 4;

    private final Admin admin;
    private final QueueSettings queues;

    ConfigureGroups(Admin admin, QueueSettings queues) {
        this.admin = admin;
        this.queues = queues;
    }

    /** Brokers bound the session settings. If the broker refuses ours, its own stay in force, and a warning says what that costs. */
    void configure(List<String> groups) {
        set(groups, groupConfig());
        awaitVisible(groups, groupConfig());
        try {
            set(groups, sessionConfig());
        } catch (BrokerUnfitException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "after a worker dies, its queue partitions stay without slots for longer; set"
                                    + " group.share.min.session.timeout.ms and group.share.min.heartbeat.interval.ms"
                                    + " on the broker to 500 or less");
        }
    }

    private void set(List<String> groups, Map<String, String> config) {
        Collection<AlterConfigOp> changes =
                config.entrySet().stream()
                        .map(entry ->
                                new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()),
                                        AlterConfigOp.OpType.SET))
                        .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> all =
                groups.stream()
                        .map(ConfigureGroups::resource)
                        .collect(Collectors.toMap(Function.identity(), _ -> changes));
        AwaitAdmin.answer(
                admin.incrementalAlterConfigs(all).all(),
                "configuring the share groups " + config.keySet());
    }

    /** The controller confirms a change before the broker applies it. A member that joins in between would start at the end of the queue. */
    private void awaitVisible(List<String> groups, Map<String, String> config) {
        List<ConfigResource> resources = groups.stream().map(ConfigureGroups::resource).toList();
        AwaitAdmin.until(
                () ->
                        AwaitAdmin.answer(
                                        admin.describeConfigs(resources).all(),
                                        "asking for the share groups' configuration")
                                .values()
                                .stream()
                                .allMatch(shown -> holds(shown, config)),
                "the broker does not show the configuration of the share groups " + groups);
    }

    private static boolean holds(Config shown, Map<String, String> config) {
        return config.entrySet().stream()
                .allMatch(entry -> {
                    ConfigEntry value = shown.get(entry.getKey());
                    return value != null && entry.getValue().equals(value.value());
                });
    }

    private static ConfigResource resource(String group) {
        return new ConfigResource(ConfigResource.Type.GROUP, group);
    }

    private Map<String, String> groupConfig() {
        return Map.of(
                "share.auto.offset.reset",
                "earliest",
                "share.record.lock.duration.ms",
                millis(queues.lock()),
                "share.delivery.count.limit",
                String.valueOf(DELIVERY_LIMIT),
                "errors.deadletterqueue.topic.name",
                Topics.UNDELIVERED,
                "errors.deadletterqueue.copy.record.enable",
                "true");
    }

    /**
     * A member sees some of the partitions. If it dies, the partitions that it alone saw wait until its session ends: 45 s by the broker's
     * defaults.
     */
    private Map<String, String> sessionConfig() {
        return Map.of(
                "share.session.timeout.ms",
                millis(queues.session()),
                "share.heartbeat.interval.ms",
                millis(queues.session().dividedBy(HEARTBEATS_A_SESSION)),
                "share.assignment.interval.ms",
                "0");
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
