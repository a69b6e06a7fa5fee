package holt.standalone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker with its KRaft controller in this JVM, on two loopback ports. The first start formats its directory. Later starts
 * find every confirmed record, also after {@code kill -9}. Only a power cut may lose the last records.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final String bootstrap;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    public static EmbeddedBroker start(Path directory, BrokerPorts ports) {
        return start(directory, ports, Map.of());
    }

    /**
     * Returns once the broker serves.
     *
     * @param overrides settings that replace ours, for tests
     */
    public static EmbeddedBroker start(
            Path directory, BrokerPorts ports, Map<String, String> overrides) {
        try {
            format(directory);
            Properties settings = BrokerSettings.of(directory, ports);
            settings.putAll(overrides);
            var config = KafkaConfig.fromProps(settings, false);
            var server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, "127.0.0.1:" + ports.clients());
        } catch (Exception e) {
            throw new CannotStartException("the Kafka broker did not start: " + e, e);
        }
    }

    /** HOST:PORT for clients. */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A directory without properties is new, or its process died while formatting it. */
    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
                .run();
    }
}
