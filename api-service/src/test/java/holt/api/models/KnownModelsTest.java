package holt.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownModelsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final WorkerId WORKER = new WorkerId("w");

    private Instant now = START;
    private final LiveWorkers workers = new LiveWorkers(() -> now, Duration.ofSeconds(6));
    private final KnownModels models = new KnownModels(workers, () -> now, Duration.ofMinutes(5));

    @Test
    void aModelIsListedWhileAWorkerServesItAndForAGraceTimeAfter() {
        beat(Heartbeat.WorkerState.SERVING);
        assertThat(names()).containsExactly("m");

        now = now.plus(Duration.ofMinutes(4));
        assertThat(names()).containsExactly("m");
        assertThat(models.find("m").name().value()).isEqualTo("m");

        now = now.plus(Duration.ofMinutes(2));
        assertThat(names()).isEmpty();
        assertThat(refusal("m").failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(refusal("m").retryAfter()).isNotNull();

        now = now.plus(Duration.ofHours(24));
        assertThat(refusal("m").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);
    }

    @Test
    void aModelThatWasNeverAnnouncedIsNotFound() {
        assertThat(refusal("other").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);
        assertThat(refusal("other").param()).isEqualTo("model");
    }

    @Test
    void aDeadOrDrainingWorkerHasNoSlots() {
        beat(Heartbeat.WorkerState.SERVING);
        assertThat(workers.slots(new ModelName("m"), Lane.NORMAL)).isEqualTo(8);
        assertThat(workers.slots(new ModelName("m"), Lane.HIGH)).isEqualTo(2);

        beat(Heartbeat.WorkerState.DRAINING);
        assertThat(workers.slots(new ModelName("m"), Lane.NORMAL)).isZero();

        beat(Heartbeat.WorkerState.SERVING);
        now = now.plus(Duration.ofSeconds(7));
        assertThat(workers.slots(new ModelName("m"), Lane.NORMAL)).isZero();
    }

    private void beat(Heartbeat.WorkerState state) {
        var model = new KnownModel(new ModelName("m"), KnownModel.Kind.CHAT, "", START, 10, 10);
        workers.apply(
                new Heartbeat.OfWorker(WORKER, state, List.of(new Heartbeat.Serving(model, 8, 0))),
                now);
        var _ = models.list();
    }

    private List<String> names() {
        return models.list().stream().map(model -> model.name().value()).toList();
    }

    private RequestRejectedException refusal(String name) {
        return assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> models.find(name))
                .actual();
    }
}
