package holt.api.edge;

import holt.api.models.TrackWorkers;
import holt.api.queue.SteerWorkers;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One worker, and what it is told. */
public final class FakeWorkers implements TrackWorkers, SteerWorkers {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    /** Such as {@code drain w}. */
    public final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public List<LiveWorker> workers() {
        var model = new KnownModel(new ModelName("m"), KnownModel.Kind.CHAT, "", NOW, 2048, 16);
        return List.of(
                new LiveWorker(
                        new Heartbeat.OfWorker(
                                new WorkerId("w"),
                                Heartbeat.WorkerState.SERVING,
                                List.of(new Heartbeat.Serving(model, 4))),
                        NOW));
    }

    @Override
    public CompletableFuture<?> drain(WorkerId worker, boolean drain) {
        told.add((drain ? "drain " : "undrain ") + worker.value());
        return CompletableFuture.completedFuture(null);
    }
}
