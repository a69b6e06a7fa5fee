package holt.system.rig;

import holt.system.rig.access.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of one of {@link ThreeBrokers}: broker and controller, passwords and ACLs for clients, three copies of every topic, short
 * sessions, little memory.
 */
final class NodeSettings {
    static final String CONTROLLER = "CONTROLLER";

    /** The controllers remove a silent broker from all partitions after this time. */
    static final Duration SESSION = Duration.ofSeconds(3);

    private static final String CLIENTS = "CLIENTS";
    private static final String HOST = "127.0.0.1";

    /** Without its own right to it, nobody may do anything. Controllers talk without passwords. */
    private static final Map<String, String> ACCESS =
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "false",
                    "super.users",
                    User.ADMIN.principal() + ";User:ANONYMOUS",
                    "listener.security.protocol.map",
                    CLIENTS + ":SASL_PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                    "sasl.enabled.mechanisms",
                    "PLAIN,SCRAM-SHA-256",
                    "sasl.mechanism.inter.broker.protocol",
                    "PLAIN",
                    "listener.name.clients.plain.sasl.jaas.config",
                    User.brokersOwnLogin(),
                    "listener.name.clients.scram-sha-256.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");

    private static final Map<String, String> COPIES =
            Map.of(
                    "default.replication.factor", "3",
                    "min.insync.replicas", "2",
                    "offsets.topic.replication.factor", "3",
                    "offsets.topic.num.partitions", "4",
                    "transaction.state.log.replication.factor", "3",
                    "transaction.state.log.num.partitions", "4",
                    "share.coordinator.state.topic.replication.factor", "3",
                    "share.coordinator.state.topic.num.partitions", "4",
                    "auto.create.topics.enable", "false");

    /** What Holt's settings in {@link ClusterSettings} need. */
    private static final Map<String, String> GROUPS =
            Map.of(
                    "group.initial.rebalance.delay.ms", "0",
                    "group.share.max.size", "1000",
                    "group.share.max.share.sessions", "2000",
                    "group.share.min.session.timeout.ms", "500",
                    "group.share.min.heartbeat.interval.ms", "100",
                    "group.share.min.record.lock.duration.ms", "1000",
                    "group.share.partition.max.record.locks", "10000",
                    "group.share.max.partition.max.record.locks", "10000");

    private static final Map<String, String> SHORT_SESSION =
            Map.of(
                    "broker.session.timeout.ms",
                    Long.toString(SESSION.toMillis()),
                    "broker.heartbeat.interval.ms",
                    "500");

    private static final Map<String, String> LITTLE_MEMORY =
            Map.of(
                    "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
                    "log.cleaner.io.buffer.size", Integer.toString(128 << 10),
                    "log.index.size.max.bytes", Integer.toString(1 << 20),
                    "log.segment.bytes", Integer.toString(64 << 20),
                    "num.network.threads", "2",
                    "num.io.threads", "4",
                    "background.threads", "2");

    private NodeSettings() {}

    /** @param voters all controllers, as Kafka's setting names them */
    static Properties of(
            Path directory, int node, String voters, int clientPort, int controllerPort) {
        var settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles",
                        "broker,controller",
                        "node.id",
                        Integer.toString(node),
                        "log.dirs",
                        directory.toString(),
                        "listeners",
                        "%s://%s:%d,%s://%s:%d"
                                .formatted(
                                        CLIENTS,
                                        HOST,
                                        clientPort,
                                        CONTROLLER,
                                        HOST,
                                        controllerPort),
                        "inter.broker.listener.name",
                        CLIENTS,
                        "controller.listener.names",
                        CONTROLLER,
                        "controller.quorum.voters",
                        voters));
        settings.putAll(ACCESS);
        settings.putAll(COPIES);
        settings.putAll(GROUPS);
        settings.putAll(SHORT_SESSION);
        settings.putAll(LITTLE_MEMORY);
        return settings;
    }
}
