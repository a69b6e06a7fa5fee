package holt.api.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.Heartbeat.WorkerState;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KnownModelsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final WorkerId WORKER = new WorkerId("w");

    private Instant now = START;
    private final LiveWorkers workers = new LiveWorkers(() -> now, Duration.ofSeconds(6));
    private final KnownModels models =
            new KnownModels(
                    workers,
                    () -> now,
                    Duration.ofMinutes(5),
                    Map.of("gpt", new ModelName("m"), "other", new ModelName("gone")));

    @Test
    @DisplayName("R82: models come from workers, never from the API's configuration")
    void withoutAnAnnouncementThereIsNoModel() {
        assertThat(models.list()).isEmpty();
        assertThat(models.served()).isEmpty();

        heartbeat(WorkerState.SERVING, "m");

        assertThat(names(models.list())).containsExactly("m");
    }

    @Test
    @DisplayName("R84: a model is listed while a worker serves it and for the grace time after")
    void aModelIsListedForAGraceTime() {
        heartbeat(WorkerState.SERVING, "m");
        assertThat(names(models.list())).containsExactly("m");

        now = now.plus(Duration.ofMinutes(4));
        assertThat(names(models.list())).containsExactly("m");
        assertThat(models.find("m").name().value()).isEqualTo("m");

        now = now.plus(Duration.ofMinutes(2));
        assertThat(models.list()).isEmpty();
    }

    @Test
    @DisplayName("R85: after the grace time the model gets 503 for a day, then 404")
    void aModelWithoutAWorkerIsRefusedAsOverloadedForADay() {
        heartbeat(WorkerState.SERVING, "m");
        var _ = models.list();

        now = now.plus(Duration.ofMinutes(6));
        assertThat(refusal("m").failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(refusal("m").retryAfter()).isNotNull();
        assertThat(refusal("m")).hasMessage("model: has had no worker for 5 minutes");

        now = now.plus(Duration.ofHours(24));
        assertThat(refusal("m").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);
    }

    @Test
    @DisplayName("R85: a model that an operator has removed gets 404")
    void aRemovedModelIsUnknown() {
        heartbeat(WorkerState.SERVING, "m");
        var _ = models.list();
        now = now.plus(Duration.ofMinutes(1));

        models.forget(new ModelName("m"));

        assertThat(models.list()).isEmpty();
        assertThat(refusal("m").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);
    }

    @Test
    @DisplayName("R85: a name that was never announced gets 404")
    void aNameThatWasNeverAnnouncedIsNotFound() {
        assertThat(refusal("other").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);
        assertThat(refusal("other").param()).isEqualTo("model");
    }

    @Test
    @DisplayName(
            "R31: an instance that starts takes a model for served until an hour after its record")
    void aRecordBeforeTheStartSpeaksForItsHour() {
        models.written(model("recent"), now.minus(Duration.ofMinutes(59)));
        models.written(model("in-grace"), now.minus(Duration.ofMinutes(64)));
        models.written(model("older"), now.minus(Duration.ofHours(3)));

        assertThat(names(models.list())).containsExactly("in-grace", "recent");
        assertThat(refusal("older").failure()).isEqualTo(Failure.OVERLOADED);
        assertThat(refusal("never").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);

        now = now.plus(Duration.ofMinutes(6));
        assertThat(models.list()).isEmpty();
    }

    @Test
    @DisplayName("R86: after an API restart a worker counts as live from its next heartbeat on")
    void aRememberedModelHasNoSlotsBeforeTheNextHeartbeat() {
        models.written(model("m"), now);

        assertThat(names(models.list())).containsExactly("m");
        assertThat(models.served()).isEmpty();
        assertThat(workers.slots(new ModelName("m"))).isZero();

        heartbeat(WorkerState.SERVING, "m");
        assertThat(names(models.served())).containsExactly("m");
        assertThat(workers.slots(new ModelName("m"))).isEqualTo(8);
    }

    @Test
    @DisplayName("R142: an alias stands for its model while that is listed")
    void anAliasStandsForItsModel() {
        assertThat(models.aliases()).isEmpty();
        assertThat(refusal("gpt").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);

        heartbeat(WorkerState.SERVING, "m");

        assertThat(models.aliases()).containsOnly(Map.entry("gpt", model("m")));
        assertThat(models.find("gpt")).isEqualTo(model("m"));
        assertThat(names(models.list())).containsExactly("m");
        assertThat(refusal("other").failure()).isEqualTo(Failure.MODEL_NOT_FOUND);

        now = now.plus(Duration.ofMinutes(6));
        assertThat(models.aliases()).isEmpty();
        assertThat(refusal("gpt").failure()).isEqualTo(Failure.OVERLOADED);
    }

    @Test
    @DisplayName("R142: a model counts more than an alias of the same name")
    void aModelHidesTheAliasOfItsName() {
        heartbeat(WorkerState.SERVING, "m", "gpt");

        assertThat(models.find("gpt")).isEqualTo(model("gpt"));
        assertThat(models.aliases()).isEmpty();
    }

    @Test
    void listsAndServesInTheOrderOfTheNames() {
        heartbeat(WorkerState.SERVING, "b", "c", "a");

        assertThat(names(models.list())).containsExactly("a", "b", "c");
        assertThat(names(models.served())).containsExactly("a", "b", "c");
    }

    @Test
    void aDeadOrDrainingWorkerHasNoSlots() {
        heartbeat(WorkerState.SERVING, "m");
        assertThat(workers.slots(new ModelName("m"))).isEqualTo(8);

        heartbeat(WorkerState.DRAINING, "m");
        assertThat(workers.slots(new ModelName("m"))).isZero();

        heartbeat(WorkerState.SERVING, "m");
        now = now.plus(Duration.ofSeconds(7));
        assertThat(workers.slots(new ModelName("m"))).isZero();
    }

    private void heartbeat(WorkerState state, String... names) {
        List<Heartbeat.Serving> serving =
                Stream.of(names).map(name -> new Heartbeat.Serving(model(name), 8)).toList();
        workers.apply(new Heartbeat.OfWorker(WORKER, state, serving), now);
    }

    private static KnownModel model(String name) {
        return new KnownModel(new ModelName(name), KnownModel.Kind.CHAT, "", START, 10, 10);
    }

    private static List<String> names(List<KnownModel> models) {
        return models.stream().map(model -> model.name().value()).toList();
    }

    private RequestRejectedException refusal(String name) {
        return assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> models.find(name))
                .actual();
    }
}
