package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F1 with many slots: while a process dies, the broker delivers the busy slot's job to its idle slots. Each counts as a delivery. */
@Tag("faults")
@Timeout(120)
class ManySlotsKilledIT {
    private static final int SLOTS = 24;
    private static final int KILLS = 3;

    @TempDir Path directory;

    @Test
    @DisplayName("R55: only the runs that a killed worker had count as crashes")
    void aJobSurvivesKilledWorkersWithManyIdleSlots() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api();
            cluster.worker(SLOTS);

            for (int i = 0; i < KILLS; i++) {
                cluster.worker(SLOTS);

                // When
                String nonce = "killed" + i;
                CompletableFuture<Chat.Answer> answer =
                        chat.askLater(api.url(), "nonce=" + nonce + " sleep=10000");
                Await.until(() -> cluster.starts(nonce).size() == 1);
                cluster.firstToStart(nonce).kill();
                var killed = Stopwatch.start();

                // Then
                Await.until(() -> answer.isDone() || cluster.starts(nonce).size() == 2);
                Stopwatch.print("F1 many slots, elsewhere after", killed.elapsed());
                assertThat(answer.join().text()).isEqualTo(nonce + ".0 ");
                assertThat(cluster.starts(nonce)).hasSize(2);
            }
            new Invariants(cluster, chat).check();
        }
    }
}
