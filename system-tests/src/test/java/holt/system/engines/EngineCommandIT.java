package holt.system.engines;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ModelName;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.LlamaServer;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that starts llama.cpp's server itself. */
@Timeout(120)
class EngineCommandIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final ModelName MODEL = new ModelName(LlamaServer.MODEL);

    @TempDir Path directory;

    @BeforeAll
    static void require() {
        LlamaServer.require();
    }

    @Test
    @DisplayName("R126: the engine starts again after a kill, and ends with a killed worker")
    void theEngineLivesAndEndsWithItsWorker() throws IOException {
        try (var cluster = new Cluster(directory.resolve("cluster"));
                var chat = new Chat()) {
            Cluster.Api api = cluster.api();
            ChildJvm worker =
                    cluster.realWorker(
                            Files.createDirectories(directory.resolve("home")),
                            "HOLT_WORKER_ENGINES_0_COMMAND="
                                    + LlamaServer.command(LlamaServer.model(directory), 2));
            Await.until(() -> chat.lists(api.url(), MODEL));
            ProcessHandle first = engine(worker);

            first.destroyForcibly();
            assertThat(chat.post(api.url(), LlamaChat.of(20, false)).join().succeeded()).isTrue();

            ProcessHandle second = engine(worker);
            assertThat(second.pid()).isNotEqualTo(first.pid());
            worker.kill();
            Await.until(SOON, () -> !second.isAlive());
        }
    }

    /** The newest process below the worker, which is no shell. */
    private static ProcessHandle engine(ChildJvm worker) {
        return ProcessHandle.of(worker.pid())
                .orElseThrow()
                .descendants()
                .filter(each -> each.info().command().orElse("").contains("python"))
                .max(Comparator.comparing(each -> each.info().startInstant().orElseThrow()))
                .orElseThrow();
    }
}
