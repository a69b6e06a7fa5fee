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

/** How many jobs can pass a job held at the head of a partition. */
@Timeout(240)
class InFlightWindowIT {
    /** By the broker's default, 2,000 pass and a few in transit. */
    private static final int PASSING = 2_500;

    private static final double WINDOW = 10_000;
    private static final int CLIENTS = 64;
    private static final String USED = "holt_queue_window_used_ratio";

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R13: more jobs than the broker's default window pass a job held at the head of a partition")
    void moreJobsThanTheBrokersDefaultWindowPassAJobHeldAtTheHead() throws Exception {
        try (var cluster = Cluster.onAnyBroker(directory, 1);
                var chat = new Chat()) {
            // Given a job that never ends, at the head of the only partition
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

            // Then all end while it is still held, and the metric shows the used share of the
            // window
            assertThat(passing.stream().map(answer -> answer.join().status())).containsOnly(200);
            assertThat(cluster.starts("head")).hasSize(1);
            Await.until(() -> chat.metric(api.management(), USED) >= PASSING / WINDOW);
            assertThat(chat.metric(api.management(), USED))
                    .isBetween(PASSING / WINDOW, PASSING / WINDOW + 0.01);

            // And the window is free once the head has ended
            head.close();
            Await.until(() -> chat.metric(api.management(), USED) == 0);
        }
    }
}
