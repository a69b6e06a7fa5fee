package holt.system.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of Kafka's own image. Tests fetch nothing, so the Docker engine must have the image already. */
final class ContainerBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerBroker.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final String IMAGE = "apache/kafka:4.4.0";

    /** The settings of Compose and of the embedded broker. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "KAFKA_GROUP_SHARE_MAX_SIZE", "1000",
                    "KAFKA_GROUP_SHARE_MAX_SHARE_SESSIONS", "2000",
                    "KAFKA_GROUP_SHARE_PARTITION_MAX_RECORD_LOCKS", "10000",
                    "KAFKA_GROUP_SHARE_MAX_PARTITION_MAX_RECORD_LOCKS", "10000",
                    "KAFKA_GROUP_SHARE_MIN_SESSION_TIMEOUT_MS", "500",
                    "KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "100",
                    "KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000",
                    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1",
                    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1",
                    "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    /** Whether a Docker engine has the image. The log says which broker the tests use. */
    static boolean isAvailable() {
        boolean available = hasImage();
        LOG.atInfo().log(
                available
                        ? "The tests use Testcontainers with " + IMAGE
                        : "The tests use the embedded broker: no Docker engine has " + IMAGE);
        return available;
    }

    static ContainerBroker start() {
        var container = new KafkaContainer(DockerImageName.parse(IMAGE)).withEnv(SETTINGS);
        container.start();
        return new ContainerBroker(container);
    }

    String bootstrap() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Asks Docker's own client, because Testcontainers would fetch helpers first. */
    private static boolean hasImage() {
        try {
            Process docker =
                    new ProcessBuilder("docker", "image", "inspect", IMAGE)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (docker.waitFor(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                return docker.exitValue() == 0;
            }
            docker.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // There is no Docker client.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
