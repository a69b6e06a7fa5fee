package holt.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the configuration of share groups with what Holt needs. Brokers bound some settings. A group gets the nearest value that its
 * broker allows.
 */
final class CompareGroups {
    private static final Logger LOG = LoggerFactory.getLogger(CompareGroups.class);

    /** How often the broker delivers a job before it gives the job up. This is the most that brokers allow by default. */
    private static final int DELIVERY_LIMIT = 10;

    private static final int HEARTBEATS_A_SESSION = 3;

    private final Admin admin;
    private final BrokerConfig broker;
    private final Topics topics;
    private final QueueSettings queues;

    CompareGroups(Admin admin, BrokerConfig broker, Topics topics, QueueSettings queues) {
        this.admin = admin;
        this.broker = broker;
        this.topics = topics;
        this.queues = queues;
    }

    /** The changes that make the groups fit. */
    Stream<BrokerChange> changes(List<String> groups) {
        if (groups.isEmpty()) {
            return Stream.empty();
        }
        Map<String, String> settings = settings();
        return CompareConfigs.changes(
                admin,
                groups.stream()
                        .map(group -> new ConfigResource(ConfigResource.Type.GROUP, group))
                        .collect(Collectors.toMap(Function.identity(), _ -> settings)));
    }

    /** Logs which session the broker allows if that is longer than Holt's, and what a shorter one brings. */
    void tellSession() {
        if (session().compareTo(queues.session()) > 0) {
            LOG.atInfo()
                    .addKeyValue("session", session())
                    .addKeyValue("heartbeat", heartbeat())
                    .log(
                            "the broker allows no shorter session of a share group, so a dead worker stays a member for"
                                    + " this long; to shorten it, lower the broker's group.share.min.session.timeout.ms"
                                    + " and group.share.min.heartbeat.interval.ms");
        }
    }

    private Duration session() {
        return broker.allowed("session.timeout.ms", queues.session());
    }

    private Duration heartbeat() {
        return broker.allowed(
                "heartbeat.interval.ms", queues.session().dividedBy(HEARTBEATS_A_SESSION));
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("share.auto.offset.reset", "earliest");
        settings.put(
                "share.record.lock.duration.ms",
                millis(broker.allowed("record.lock.duration.ms", queues.lock())));
        settings.put(
                "share.delivery.count.limit",
                String.valueOf(broker.allowed("delivery.count.limit", DELIVERY_LIMIT)));
        settings.put("share.session.timeout.ms", millis(session()));
        settings.put("share.heartbeat.interval.ms", millis(heartbeat()));
        settings.put(
                "share.assignment.interval.ms",
                String.valueOf(broker.allowed("assignment.interval.ms", 0)));
        settings.put("errors.deadletterqueue.topic.name", topics.undelivered());
        settings.put("errors.deadletterqueue.copy.record.enable", "true");
        return settings;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
