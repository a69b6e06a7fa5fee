package holt.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.system.rig.Cluster;
import holt.system.rig.access.DeniedRight;
import holt.system.rig.access.User;
import holt.system.rig.check.Load;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API may not write one model's queue for some seconds. */
@Tag("cluster")
@Timeout(90)
class DeniedQueueIT {
    private static final Duration DENIED = Duration.ofSeconds(10);
    private static final String ASK_OTHER = "model=other nonce=";

    @TempDir Path directory;

    @Test
    void otherModelsAnswerAsAlways() {
        try (var cluster = Cluster.onThreeBrokers(directory);
                var chat = new Chat();
                var impatient = new Chat()) {
            // Given
            Cluster.Api api = cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms");
            cluster.worker(4, "MODELS=scripted,other");
            Await.until(() -> chat.lists(api.url(), new ModelName("other")));
            assertThat(chat.ask(api.url(), ASK_OTHER + "before").status()).isEqualTo(200);

            // When
            var good = new Load(cluster, chat, 8, i -> "nonce=good" + i + " sleep=100");
            try (good;
                    var _ = new Load(cluster, impatient, 8, i -> ASK_OTHER + "denied" + i)) {
                try (var _ =
                        new DeniedRight(
                                cluster.clients(),
                                User.API,
                                AclOperation.WRITE,
                                "holt.jobs.other")) {
                    Pause.of(DENIED).await();
                }
            }

            // Then
            Stopwatch.print("answers of the other model", good.answered());
            assertThat(good.failures()).isEmpty();
            assertThat(good.longestGap()).isLessThan(DENIED.dividedBy(2));
            Await.until(() -> chat.ask(api.url(), ASK_OTHER + "after").status() == 200);
        }
    }
}
