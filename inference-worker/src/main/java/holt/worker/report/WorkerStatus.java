package holt.worker.report;

import holt.protocol.Heartbeat;
import holt.protocol.WorkerId;
import java.util.List;
import java.util.function.Supplier;

/** The content of this worker's heartbeats. It drains until it serves. Any thread may call any method. */
final class WorkerStatus {
    private final WorkerId worker;
    private volatile Heartbeat.WorkerState state = Heartbeat.WorkerState.DRAINING;
    private volatile Supplier<List<Heartbeat.Serving>> models = List::of;

    WorkerStatus(WorkerId worker) {
        this.worker = worker;
    }

    /** @param served the models at each moment, with busy slots and progress */
    void serve(Supplier<List<Heartbeat.Serving>> served) {
        models = served;
        state = Heartbeat.WorkerState.SERVING;
    }

    void drain() {
        state = Heartbeat.WorkerState.DRAINING;
    }

    List<Heartbeat.Serving> models() {
        return models.get();
    }

    Heartbeat heartbeat() {
        return new Heartbeat.OfWorker(worker, state, models());
    }

    Heartbeat gone() {
        return new Heartbeat.WorkerGone(worker);
    }
}
