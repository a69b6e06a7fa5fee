package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F17: machines whose clocks are wrong. */
@Tag("faults")
@Timeout(120)
class WrongClocksIT {
    private static final Path FAKETIME =
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"+10m,-10m", "-10m,+10m"})
    @DisplayName("R34: no job expires early or late on machines whose clocks are wrong")
    void noJobExpiresEarlyOrLate(String apiClock, String workerClock) {
        assumeTrue(Files.exists(FAKETIME), "the package faketime is not installed: " + FAKETIME);
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api(with(apiClock, "HOLT_API_CHAT_DEADLINE=5s"));
            cluster.worker(4, with(workerClock));
            Await.until(() -> chat.ask(api.url(), "nonce=warm").status() == 200);

            // When
            Chat.Answer inTime = chat.ask(api.url(), "nonce=inTime sleep=3000");
            var asked = Stopwatch.start();
            Chat.Answer late = chat.ask(api.url(), "nonce=late sleep=20000");

            // Then
            assertThat(inTime.status()).isEqualTo(200);
            assertThat(late.status()).isEqualTo(504);
            Stopwatch.print("F17 deadline 5 s, clocks off by 10 min: 504 after", asked.elapsed());
            assertThat(asked.elapsed()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
            new Invariants(cluster, chat).check();
        }
    }

    private static String[] with(String clock, String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("LD_PRELOAD=" + FAKETIME);
        all.add("FAKETIME=" + clock);
        // The monotonic clock must go on.
        all.add("FAKETIME_DONT_FAKE_MONOTONIC=1");
        // By default, the package makes every timed wait of a JVM return at once.
        all.add("FAKETIME_FORCE_MONOTONIC_FIX=0");
        return all.toArray(String[]::new);
    }
}
