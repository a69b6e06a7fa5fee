package holt.system.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;

/**
 * The process of one of {@link ThreeBrokers}. Arguments: {@code directory node voters clientPort controllerPort}. SIGTERM moves its leaders
 * away and ends it.
 */
final class NodeMain {
    static final String READY = "node ready";

    /** Logs each denied operation. */
    private static final String DENIALS = "kafka.authorizer.logger";

    private static final String CLUSTER_ID = "aG9sdC10aHJlZS1icm9rZQ";

    private NodeMain() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int node = Integer.parseInt(args[1]);
        format(directory, node);
        ((Logger) LoggerFactory.getLogger(DENIALS)).setLevel(Level.INFO);
        var settings =
                NodeSettings.of(
                        directory,
                        node,
                        args[2],
                        Integer.parseInt(args[3]),
                        Integer.parseInt(args[4]));
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        System.out.println(READY);
    }

    private static void format(Path directory, int node) throws Exception {
        if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setNodeId(node)
                .setClusterId(CLUSTER_ID)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(NodeSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
                .run();
    }
}
