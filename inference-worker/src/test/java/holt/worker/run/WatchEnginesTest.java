package holt.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.EngineFailure;
import holt.engine.text.TextEvent;
import holt.protocol.Lane;
import holt.worker.TestJobs;
import holt.worker.models.ChatRunner;
import holt.worker.models.FakeTextEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchEnginesTest {
    private static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private final FakeTextEngine first = new FakeTextEngine();
    private final FakeTextEngine second = new FakeTextEngine();
    private final ChatRunner runner = new ChatRunner(TestJobs.CHAT_MODEL, second, 100);
    private final List<Integer> exits = new ArrayList<>();
    private final WatchEngines watch =
            new WatchEngines(
                    List.of(new ChatRunner(TestJobs.CHAT_MODEL, first, 100), runner),
                    STUCK_AFTER,
                    exits::add);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void enginesThatMakeProgressLetTheProcessLive() {
        second.sinceProgress = STUCK_AFTER;

        watch.check();

        assertThat(exits).isEmpty();
    }

    @Test
    void anEngineWithoutProgressEndsTheProcess() {
        second.sinceProgress = STUCK_AFTER.plusMillis(1);

        watch.check();

        assertThat(exits).containsExactly(WatchEngines.STUCK);
    }

    @Test
    void aBrokenDeviceEndsTheProcess() {
        runner.start("id", Lane.NORMAL, TestJobs.CHAT, _ -> {});
        second.emit(new TextEvent.Failed(new EngineFailure.DeviceBroken("gone")));

        watch.check();

        assertThat(exits).containsExactly(WatchEngines.BROKEN);
    }
}
