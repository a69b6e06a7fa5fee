package holt.worker.report;

import holt.protocol.EngineHealth;
import holt.protocol.Heartbeat;
import holt.protocol.WorkerId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The content of this worker's heartbeats. It drains until it serves, and while it cannot claim. Any thread may call any method.
 */
final class WorkerStatus {
    private final WorkerId worker;
    private volatile BooleanSupplier claims = () -> true;
    private volatile Heartbeat.WorkerState state = Heartbeat.WorkerState.DRAINING;
    private volatile Supplier<List<Heartbeat.Serving>> models = List::of;
    private volatile Supplier<List<EngineHealth>> engines = List::of;

    WorkerStatus(WorkerId worker) {
        this.worker = worker;
    }

    /**
     * @param served the models at each moment, with busy slots and progress
     * @param outside the engines outside this process, at each moment
     * @param canClaim whether it can claim jobs at each moment
     */
    void serve(
            Supplier<List<Heartbeat.Serving>> served,
            Supplier<List<EngineHealth>> outside,
            BooleanSupplier canClaim) {
        models = served;
        engines = outside;
        claims = canClaim;
        state = Heartbeat.WorkerState.SERVING;
    }

    void drain() {
        state = Heartbeat.WorkerState.DRAINING;
    }

    List<Heartbeat.Serving> models() {
        return models.get();
    }

    Heartbeat heartbeat() {
        Heartbeat.WorkerState now = claims.getAsBoolean() ? state : Heartbeat.WorkerState.DRAINING;
        return new Heartbeat.OfWorker(worker, now, models(), engines.get());
    }

    Heartbeat gone() {
        return new Heartbeat.WorkerGone(worker);
    }
}
