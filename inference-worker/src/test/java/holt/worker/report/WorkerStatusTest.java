package holt.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.EngineHealth;
import holt.protocol.Heartbeat;
import holt.protocol.Heartbeat.WorkerState;
import holt.protocol.JobId;
import holt.protocol.WorkerId;
import holt.worker.TestJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkerStatusTest {
    private static final WorkerId WORKER = new WorkerId("w");
    private static final Heartbeat.Serving IDLE = new Heartbeat.Serving(TestJobs.CHAT_MODEL, 4);

    private static final List<EngineHealth> ENGINES =
            List.of(new EngineHealth("openai", "gpu1:8000", null, List.of(TestJobs.MODEL), 8));

    private final WorkerStatus status = new WorkerStatus(WORKER);

    @Test
    void aWorkerThatStartsNamesNoModels() {
        assertThat(status.heartbeat())
                .isEqualTo(new Heartbeat.OfWorker(WORKER, WorkerState.DRAINING, List.of()));
    }

    @Test
    @DisplayName("R170: a worker's heartbeats say how its engines are")
    void aServingWorkerNamesItsModelsAsTheyAreNow() {
        var models = new ArrayList<>(List.of(IDLE));
        status.serve(() -> models, () -> ENGINES, () -> true);
        models.set(0, new Heartbeat.Serving(TestJobs.CHAT_MODEL, 5));

        assertThat(status.heartbeat())
                .isEqualTo(new Heartbeat.OfWorker(WORKER, WorkerState.SERVING, models, ENGINES));
    }

    @Test
    void aWorkerThatCannotClaimSaysThatItDrains() {
        var canClaim = new AtomicBoolean();
        status.serve(() -> List.of(IDLE), List::of, canClaim::get);

        assertThat(state()).isEqualTo(WorkerState.DRAINING);
        canClaim.set(true);
        assertThat(state()).isEqualTo(WorkerState.SERVING);
    }

    @Test
    @DisplayName("R80: a worker's heartbeats carry the progress of its jobs, in steps")
    void heartbeatsCarryTheProgressOfJobs() {
        var progress = List.of(new Heartbeat.JobProgress(new JobId("j"), 3, 20));
        status.serve(
                () ->
                        List.of(
                                new Heartbeat.Serving(
                                        TestJobs.IMAGE_MODEL, 4, 1, progress, List.of())),
                List::of,
                () -> true);

        var heartbeat = (Heartbeat.OfWorker) status.heartbeat();

        assertThat(heartbeat.serving().getFirst().progress()).isEqualTo(progress);
    }

    @Test
    @DisplayName("R33: a worker that drains says so in its heartbeat, and sends a last record")
    void aDrainingWorkerStillNamesItsModels() {
        status.serve(() -> List.of(IDLE), List::of, () -> true);
        status.drain();

        assertThat(status.heartbeat())
                .isEqualTo(new Heartbeat.OfWorker(WORKER, WorkerState.DRAINING, List.of(IDLE)));
        assertThat(status.gone()).isEqualTo(new Heartbeat.WorkerGone(WORKER));
    }

    private WorkerState state() {
        return ((Heartbeat.OfWorker) status.heartbeat()).state();
    }
}
