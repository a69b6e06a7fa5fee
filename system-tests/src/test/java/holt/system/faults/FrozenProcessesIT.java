package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F27: no process gets CPU time for a while. */
@Tag("faults")
@Timeout(120)
class FrozenProcessesIT {
    private static final int CLIENTS = 60;

    @TempDir Path directory;

    @Test
    void fiveSecondsWithoutCpuTimeCostOnlyTime() {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api();
            cluster.worker(8);
            List<CompletableFuture<ClientLog.Result>> answers =
                    IntStream.range(0, CLIENTS)
                            .mapToObj(i ->
                                    chat.request(
                                            api.url(),
                                            "nonce=f%d sleep=500 words=5 stream=%s"
                                                    .formatted(i, i % 2 == 0)))
                            .toList();
            Await.until(() -> cluster.runs().size() > CLIENTS / 4);

            // When
            var all = new ArrayList<ChildJvm>(cluster.processes());
            all.add(cluster.broker());
            all.forEach(process -> process.signal("STOP"));
            Pause.of(Duration.ofSeconds(5)).await();
            all.forEach(process -> process.signal("CONT"));
            var awake = Stopwatch.start();

            // Then
            assertThat(answers).allMatch(answer -> answer.join().succeeded());
            Stopwatch.print("F27 all answered after the end of the freeze", awake.elapsed());
            Stopwatch.print("F27", new Invariants(cluster, chat).check());
        }
    }
}
