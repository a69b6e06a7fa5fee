package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.system.rig.Cluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F21: settings under which jobs would be lost. */
@Timeout(90)
class WrongSettingsIT {
    @TempDir Path directory;

    @Test
    void aRetentionShorterThanTheLongestWaitFailsTheStart() {
        try (var cluster = new Cluster(directory)) {
            assertThatThrownBy(() -> cluster.api("HOLT_QUEUE_RETENTION=1h"))
                    .hasMessageContaining("ended with 1")
                    .hasMessageContaining("holt.queue.retention");
        }
    }
}
