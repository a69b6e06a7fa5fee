package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.Topics;
import holt.protocol.Lane;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.DeadLetters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F15: the broker gives a job up after as many deliveries as its group allows, here two instead of ten. */
@Tag("faults")
@Timeout(120)
class GivenUpByBrokerIT {
    @TempDir Path directory;

    private final Chat chat = new Chat();
    private Cluster cluster;
    private Cluster.Api api;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster(directory);
        api = cluster.api();
        cluster.worker(1);
        var group =
                new ConfigResource(
                        ConfigResource.Type.GROUP, Topics.queue(Cluster.MODEL.name(), Lane.NORMAL));
        var twice =
                new AlterConfigOp(
                        new ConfigEntry("share.delivery.count.limit", "2"),
                        AlterConfigOp.OpType.SET);
        try (var admin = cluster.clients().admin()) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(twice))).all().get();
        }
    }

    @AfterEach
    void stop() {
        new Invariants(cluster, chat).check();
        chat.close();
        cluster.close();
    }

    @Test
    @DisplayName(
            "R36: a job that the broker gave up waits on a retry topic and runs again, as its next attempt")
    void theNextAttemptIsAnswered() {
        // When its first two workers are killed
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=job sleep=4000");
        Await.until(() -> cluster.starts("job").size() == 1);
        cluster.processOf(cluster.starts("job").getLast()).kill();
        cluster.worker(1);
        Await.until(() -> cluster.starts("job").size() == 2);
        cluster.processOf(cluster.starts("job").getLast()).kill();
        var killed = Stopwatch.start();
        cluster.worker(1);

        // Then
        assertThat(answer.join().text()).isEqualTo("job.0 ");
        Stopwatch.print("F15 given up by the broker, answered after", killed.elapsed());
        assertThat(cluster.starts("job")).hasSize(3);
    }

    @Test
    @DisplayName("R36: an instance ends a job that the broker gave up on its third attempt")
    void aJobThatEndsAllItsWorkersFails() {
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=bad do=halt");
        while (!answer.isDone()) {
            if (cluster.processes().size() < 2) {
                cluster.worker(1);
            }
            Thread.onSpinWait();
        }

        assertThat(answer.join().status()).isEqualTo(502);
        assertThat(answer.join().code()).isEqualTo(2015);
        assertThat(cluster.starts("bad")).hasSizeBetween(3, 4);
        assertThat(DeadLetters.of(cluster.clients(), answer.join().jobId())).hasSize(1);
    }
}
