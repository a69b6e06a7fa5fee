package holt.api.models;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.EngineHealth;
import holt.protocol.Heartbeat;
import holt.protocol.Heartbeat.WorkerState;
import holt.protocol.InstanceId;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveWorkersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DEAD_AFTER = Duration.ofSeconds(3);
    private static final ModelName MODEL = new ModelName("m");

    private Instant now = NOW;
    private final LiveWorkers workers = new LiveWorkers(() -> now, DEAD_AFTER);

    @Test
    void theSlotsOfAllWorkersCount() {
        beat("a", WorkerState.SERVING, 8);
        beat("b", WorkerState.SERVING, 4);

        assertThat(workers.slots(MODEL)).isEqualTo(12);
        assertThat(workers.slots(new ModelName("other"))).isZero();
    }

    @Test
    void slotsThatChangeCountAnew() {
        beat("a", WorkerState.SERVING, 8);
        beat("a", WorkerState.SERVING, 2);
        assertThat(workers.slots(MODEL)).isEqualTo(2);

        beat("a", WorkerState.DRAINING, 2);
        assertThat(workers.slots(MODEL)).isZero();

        beat("a", WorkerState.SERVING, 2);
        workers.apply(new Heartbeat.WorkerGone(new WorkerId("a")), now);
        assertThat(workers.slots(MODEL)).isZero();
    }

    @Test
    void theSlotsOfADeadWorkerCountNoMore() {
        beat("a", WorkerState.SERVING, 8);
        now = NOW.plus(DEAD_AFTER).plusMillis(1);

        workers.apply(new Heartbeat.OfApi(new InstanceId("i")), now);

        assertThat(workers.slots(MODEL)).isZero();
    }

    @Test
    void theEnginesOfLiveWorkersAreKnown() {
        var engine = new EngineHealth("openai", "gpu1:8000", null, List.of(MODEL), 32);
        for (String worker : List.of("b", "a")) {
            workers.apply(
                    new Heartbeat.OfWorker(
                            new WorkerId(worker), WorkerState.SERVING, List.of(), List.of(engine)),
                    now);
        }
        assertThat(workers.engines())
                .containsExactly(
                        new LiveEngines.OfWorker(new WorkerId("a"), engine),
                        new LiveEngines.OfWorker(new WorkerId("b"), engine));

        now = NOW.plus(DEAD_AFTER).plusMillis(1);

        assertThat(workers.engines()).isEmpty();
    }

    @Test
    void withoutAnyHeartbeatNoSlotIsLive() {
        beat("a", WorkerState.SERVING, 8);

        now = NOW.plus(DEAD_AFTER);
        assertThat(workers.slots(MODEL)).isEqualTo(8);
        now = now.plusMillis(1);
        assertThat(workers.slots(MODEL)).isZero();
    }

    private void beat(String worker, WorkerState state, int slots) {
        var model = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOW, 64, 8);
        workers.apply(
                new Heartbeat.OfWorker(
                        new WorkerId(worker), state, List.of(new Heartbeat.Serving(model, slots))),
                now);
    }
}
