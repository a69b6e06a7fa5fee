package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.Topics;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private static final String QUEUE = Topics.queue(Cluster.MODEL.name());
    private static final Duration POLL = Duration.ofSeconds(1);

    @TempDir Path directory;

    private final Chat chat = new Chat();
    private Cluster cluster;
    private Cluster.Api api;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster(directory);
        api = cluster.api();
        // The model stays listed for some minutes, and no worker takes its jobs.
        ChildJvm worker = cluster.worker(1);
        worker.signal("TERM");
        assertThat(worker.awaitExit()).isZero();
        var twice =
                new AlterConfigOp(
                        new ConfigEntry("share.delivery.count.limit", "2"),
                        AlterConfigOp.OpType.SET);
        var group = new ConfigResource(ConfigResource.Type.GROUP, QUEUE);
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
            "R36: an instance publishes a job that the broker gave up anew, as its next attempt")
    void theNextAttemptIsQueuedAndAnswered() {
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=job");

        // When no worker accepts it
        giveUp(1);
        var givenUp = Stopwatch.start();
        cluster.worker(1);

        // Then
        assertThat(answer.join().text()).isEqualTo("job.0 ");
        Stopwatch.print("F15 given up by the broker, answered after", givenUp.elapsed());
        assertThat(cluster.starts("job")).hasSize(1);
    }

    @Test
    @DisplayName("R36: an instance ends a job that the broker gave up on its third attempt")
    void aJobThatIsGivenUpThreeTimesFails() {
        CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=bad");

        giveUp(3);

        assertThat(answer.join().status()).isEqualTo(502);
        assertThat(answer.join().code()).isEqualTo(2015);
        assertThat(cluster.starts("bad")).isEmpty();
        assertThat(DeadLetters.of(cluster.clients(), answer.join().jobId())).hasSize(1);
    }

    /** Takes the job from its queue and gives it back, until the broker has given up that many attempts. */
    private void giveUp(int attempts) {
        try (var consumer = cluster.clients().shareConsumer(QUEUE)) {
            consumer.subscribe(List.of(QUEUE));
            for (int deliveries = 0; deliveries < 2 * attempts; ) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                    consumer.commitSync();
                    deliveries++;
                }
            }
        }
    }
}
