package holt.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shortens a consumer group's session. After that time without a heartbeat, a dead member's partitions go to another member. */
final class ShortenSession {
    private static final Logger LOG = LoggerFactory.getLogger(ShortenSession.class);

    /** A session outlives a pause of its process of a few seconds. */
    private static final Map<String, String> SESSION =
            Map.of("consumer.session.timeout.ms", "6000", "consumer.heartbeat.interval.ms", "2000");

    private ShortenSession() {}

    /** Brokers bound the session. If the broker refuses this one, its own stays in force. */
    static void of(Admin admin, String group) {
        List<AlterConfigOp> changes =
                SESSION.entrySet().stream()
                        .map(it ->
                                new AlterConfigOp(
                                        new ConfigEntry(it.getKey(), it.getValue()),
                                        AlterConfigOp.OpType.SET))
                        .toList();
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try {
            AwaitAdmin.answer(
                    admin.incrementalAlterConfigs(Map.of(resource, changes)).all(),
                    "configuring the consumer group " + group);
        } catch (BrokerUnfitException e) {
            LOG.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            "after a process dies, its part of a topic waits until the broker ends the session, by default"
                                    + " 45 s; set group.consumer.min.session.timeout.ms to 6000 and"
                                    + " group.consumer.min.heartbeat.interval.ms to 2000 on the broker");
        }
    }
}
