package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that hangs keeps its slot, and nothing else. */
@Timeout(240)
class HungJobIT {
    /** More than the record locks that a broker allows by default. */
    private static final int PASSING = 2_500;

    private static final int CLIENTS = 64;

    @TempDir Path directory;

    @Test
    @DisplayName("R13: any number of jobs passes a job that runs long")
    void anyNumberOfJobsPassesAJobThatRunsLong() throws Exception {
        try (var cluster = Cluster.onAnyBroker(directory);
                var chat = new Chat()) {
            // Given a job that never ends
            Cluster.Api api = cluster.api();
            cluster.worker(8);
            Socket head = Chat.hold(api.url(), "nonce=head do=hang");
            Await.until(() -> cluster.starts("head").size() == 1);

            // When more than 2,000 others come
            var room = new Semaphore(CLIENTS);
            List<CompletableFuture<Chat.Answer>> passing =
                    IntStream.range(0, PASSING)
                            .mapToObj(i -> {
                                room.acquireUninterruptibly();
                                return chat.askLater(api.url(), "nonce=passing" + i)
                                        .whenComplete((_, _) -> room.release());
                            })
                            .toList();

            // Then all end while it is still held
            assertThat(passing.stream().map(answer -> answer.join().status())).containsOnly(200);
            assertThat(cluster.starts("head")).hasSize(1);
            head.close();
        }
    }
}
