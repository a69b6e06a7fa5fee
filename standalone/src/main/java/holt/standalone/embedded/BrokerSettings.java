package holt.standalone.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The embedded broker's settings: one node, loopback only, large share groups, little memory. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String BROKER = "BROKER";

    /** A queue's group has a member for each worker. A partition's window is the largest that a broker allows. */
    private static final Map<String, String> SHARE_GROUPS =
            Map.of(
                    "group.share.max.size", "1000",
                    // A new member gets its queue with its first heartbeat.
                    "group.share.assignor.offload.enable", "false",
                    "group.share.max.share.sessions", "2000",
                    "group.share.min.session.timeout.ms", "500",
                    "group.share.min.heartbeat.interval.ms", "100",
                    "group.share.partition.max.record.locks", "10000",
                    "group.share.max.partition.max.record.locks", "10000");

    /** After a process dies, others take over its part of the retry topics and of the undelivered records. */
    private static final Map<String, String> CONSUMER_GROUPS =
            Map.of(
                    "group.consumer.min.session.timeout.ms", "6000",
                    "group.consumer.min.heartbeat.interval.ms", "2000");

    /** On one node, Kafka's own topics have no copies and need few partitions. */
    private static final Map<String, String> ONE_NODE =
            Map.of(
                    "offsets.topic.replication.factor", "1",
                    "offsets.topic.num.partitions", "4",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "transaction.state.log.num.partitions", "4",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1",
                    "share.coordinator.state.topic.num.partitions", "8",
                    "group.initial.rebalance.delay.ms", "0");

    /**
     * How much queue state the broker reads when it starts. It may stop too early (docs/adr/0007). Then the queues go back by at most this
     * much.
     */
    private static final Map<String, String> SHORT_STATE =
            Map.of(
                    "share.coordinator.state.topic.prune.interval.ms", "15000",
                    "share.coordinator.cold.partition.snapshot.interval.ms", "15000");

    /**
     * After {@code kill -9} the controller rejects the broker until the killed broker's session ends. With the default of 9 s a start took
     * 12 s instead of 2 s; with 3 s it takes 5 s.
     */
    private static final Map<String, String> SHORT_SESSION =
            Map.of(
                    "broker.session.timeout.ms", "3000",
                    "broker.heartbeat.interval.ms", "500");

    /** With the defaults, the log cleaner alone takes 128 MiB. */
    private static final Map<String, String> LITTLE_MEMORY =
            Map.of(
                    "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
                    "log.cleaner.io.buffer.size", Integer.toString(128 << 10),
                    "log.index.size.max.bytes", Integer.toString(1 << 20),
                    "log.segment.bytes", Integer.toString(256 << 20),
                    "num.network.threads", "2",
                    "num.io.threads", "4",
                    "background.threads", "2");

    private BrokerSettings() {}

    static Properties of(Path directory, BrokerPorts ports) {
        var settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles",
                        "broker,controller",
                        "node.id",
                        Integer.toString(NODE),
                        "log.dirs",
                        directory.toString(),
                        "listeners",
                        "%s://127.0.0.1:%d,%s://127.0.0.1:%d"
                                .formatted(BROKER, ports.clients(), CONTROLLER, ports.controller()),
                        "listener.security.protocol.map",
                        BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                        "inter.broker.listener.name",
                        BROKER,
                        "controller.listener.names",
                        CONTROLLER,
                        "controller.quorum.voters",
                        NODE + "@127.0.0.1:" + ports.controller(),
                        "auto.create.topics.enable",
                        "false",
                        "message.max.bytes",
                        Integer.toString(1 << 20)));
        settings.putAll(SHARE_GROUPS);
        settings.putAll(CONSUMER_GROUPS);
        settings.putAll(ONE_NODE);
        settings.putAll(SHORT_STATE);
        settings.putAll(SHORT_SESSION);
        settings.putAll(LITTLE_MEMORY);
        return settings;
    }
}
