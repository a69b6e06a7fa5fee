package holt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.text.TextEvent;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Task;
import holt.worker.run.ChatRunner;
import holt.worker.run.FakeTextEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchEnginesTest {
    private final FakeTextEngine engine = new FakeTextEngine();
    private final ChatRunner runner =
            new ChatRunner(
                    new KnownModel(
                            new ModelName("m"), KnownModel.Kind.CHAT, "", Instant.EPOCH, 64, 8),
                    engine,
                    100);
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    @Test
    void anEngineWithoutProgressEndsTheProcess() throws Exception {
        engine.sinceProgress = Duration.ofSeconds(61);

        try (var _ = watch()) {
            assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(WatchEngines.STUCK);
        }
    }

    @Test
    void aBrokenDeviceEndsTheProcess() throws Exception {
        var chat =
                new Task.Chat(
                        List.of(new Task.ChatMessage("user", "Hi")),
                        new Task.Sampling(0, 1, null),
                        null,
                        List.of(),
                        false);
        runner.start("id", Lane.NORMAL, chat, _ -> {});
        engine.listeners
                .getFirst()
                .accept(new TextEvent.Failed(new EngineFailure.DeviceBroken("gone")));

        try (var _ = watch()) {
            assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(WatchEngines.BROKEN);
        }
    }

    private WatchEngines watch() {
        return new WatchEngines(List.of(runner), Duration.ofSeconds(60), exit::complete);
    }
}
