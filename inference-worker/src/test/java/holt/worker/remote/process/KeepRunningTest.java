package holt.worker.remote.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KeepRunningTest {
    @TempDir Path directory;

    private final BlockingQueue<FakeProcess> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private KeepRunning running;

    @BeforeEach
    void make() {
        running = keep(this::spawn);
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    @DisplayName("R126: an engine that ends starts again, each time later")
    void anEngineThatEndsStartsAgain() throws Exception {
        running.start();

        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            started.take().destroy();
            assertThat(waits.take()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void aGoodRunMakesTheNextWaitShort() throws Exception {
        running.start();
        started.take().destroy();
        started.take().destroy();
        FakeProcess third = started.take();
        waits.clear();

        now.set(now.get().plusSeconds(60));
        third.destroy();

        assertThat(waits.take()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anEngineThatCannotStartIsTriedAgain() throws Exception {
        running =
                keep(() -> {
                    if (waits.isEmpty()) {
                        throw new IOException("no shell");
                    }
                    return spawn();
                });

        running.start();

        assertThat(started.take()).isNotNull();
    }

    @Test
    @DisplayName("R126: the engine ends with its worker, and starts no more")
    void closingEndsTheEngine() throws Exception {
        running.start();
        FakeProcess process = started.take();

        running.close();

        assertThat(process.isEnded()).isTrue();
        assertThat(started).isEmpty();
    }

    @Test
    void whatTheEnginePrintsIsInItsFileWithinBounds() throws Exception {
        running.start();
        FakeProcess process = started.take();

        process.print("12345678");
        process.print("90");
        process.destroy();
        waits.take();

        String all =
                Files.readString(directory.resolve("e.log.1"))
                        + Files.readString(directory.resolve("e.log"));
        assertThat(all).isEqualTo("1234567890");
    }

    private KeepRunning keep(KeepRunning.Spawn spawn) {
        var log = new EngineLog(directory.resolve("e.log"), 8);
        return new KeepRunning("e", spawn, log, now::get, waits::add);
    }

    private Process spawn() {
        var process = new FakeProcess();
        started.add(process);
        return process;
    }
}
