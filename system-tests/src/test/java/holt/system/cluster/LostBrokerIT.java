package holt.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.Cluster;
import holt.system.rig.ThreeBrokers;
import holt.system.rig.check.Invariants;
import holt.system.rig.check.Load;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.time.Pause;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.JobEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of three brokers is killed, and later all restart in turn. */
@Tag("alone")
@Tag("cluster")
@Timeout(180)
class LostBrokerIT {
    private static final int CLIENTS = 64;
    private static final int SLOTS = 16;

    /** Answers before the broker is killed. */
    private static final int CALM = 4 * CLIENTS;

    /** A client may wait for the session of the broker and this. */
    private static final Duration BEYOND_SESSION = Duration.ofSeconds(2);

    @TempDir Path directory;

    @Test
    void clientsOnlyWaitALittleLonger() {
        try (var cluster = Cluster.onThreeBrokers(directory);
                var chat = new Chat()) {
            // Given
            ThreeBrokers brokers = cluster.brokers();
            cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms");
            cluster.worker(SLOTS);
            cluster.worker(SLOTS);
            var load = new Load(cluster, chat, CLIENTS, i -> "sleep=" + (200 + i * 37 % 800));
            Duration longestBefore;

            // When
            try (load) {
                Await.until(() -> load.answered() >= CALM);
                longestBefore = longest(chat);
                int victim = brokers.bystander();
                brokers.kill(victim);
                Pause.of(ThreeBrokers.SESSION.plus(BEYOND_SESSION)).await();
                brokers.restart(victim);
                brokers.roll();
            }

            // Then
            JobEvents events = JobEvents.read(cluster.clients());
            Stopwatch.print("answered, longest gap", load.answered() + ", " + load.longestGap());
            Stopwatch.print("longest answer in calm", longestBefore);
            Stopwatch.print("longest answer", longest(chat));
            Stopwatch.print("jobs started twice", events.startedTwice());
            Stopwatch.print("jobs finished twice", events.laterOutcomes());
            assertThat(load.failures()).as("failures").isEmpty();
            assertThat(events.laterOutcomes()).as("jobs finished twice").isZero();
            assertThat(longest(chat))
                    .isLessThan(longestBefore.plus(ThreeBrokers.SESSION).plus(BEYOND_SESSION));
            new Invariants(cluster, chat).check();
        }
    }

    private static Duration longest(Chat chat) {
        List<CompletableFuture<ClientLog.Call>> calls = chat.log().calls();
        return calls.stream()
                .filter(CompletableFuture::isDone)
                .map(call -> call.join().result().after())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
