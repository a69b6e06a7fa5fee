package holt.system.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F18: the broker's disk is full, and later has space again. */
@Tag("faults")
@Timeout(120)
class FullDiskIT {
    @TempDir Path directory;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=128m", "holt-test", disk.toString()) == 0,
                "only root can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void newRequestsMustRetryUntilTheDiskHasSpace() throws Exception {
        try (var cluster = new Cluster(directory, disk.resolve("kafka"));
                var chat = new Chat()) {
            // Given
            Cluster.Api api = cluster.api("HOLT_JOBS_CONFIRM_WITHIN=1500ms", "HOLT_JOBS_HOLD=3s");
            cluster.worker(4);
            assertThat(chat.ask(api.url(), "nonce=before").status()).isEqualTo(200);

            // When
            Path filler = disk.resolve("filler");
            fill(filler);
            var full = Stopwatch.start();
            Await.until(() -> chat.ask(api.url(), "nonce=r" + System.nanoTime()).status() == 503);

            // Then
            Stopwatch.print("F18 first refusal after the disk was full", full.elapsed());
            assertThat(full.elapsed()).isLessThan(Duration.ofSeconds(15));
            Chat.Answer refused = chat.ask(api.url(), "nonce=refused");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.hasRetryAfter()).isTrue();

            // When the disk has space, and the operator starts the broker again
            Files.delete(filler);
            boolean ended = !cluster.broker().isAlive();
            Stopwatch.print("F18 the broker ended", ended);
            cluster.broker().kill();
            cluster.startBroker();
            var restarted = Stopwatch.start();

            // Then
            Await.until(
                    () -> chat.ask(api.url(), "nonce=after" + System.nanoTime()).status() == 200);
            Stopwatch.print("F18 answers again after the broker's return", restarted.elapsed());
            new Invariants(cluster, chat).check(Invariants.Broken.brokerCrashes(1));
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(file)).isPositive();
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
