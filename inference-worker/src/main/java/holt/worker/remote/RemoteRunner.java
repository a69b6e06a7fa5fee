package holt.worker.remote;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TraceContext;
import holt.worker.models.ModelRunner;
import holt.worker.models.RunResult;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs tasks on one model of a remote engine. */
final class RemoteRunner implements ModelRunner {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final EngineApi.Model model;
    private volatile int slots;
    private final EngineApi api;
    private volatile boolean listed = true;
    private Duration pause = SHORTEST_PAUSE;
    private long readyAt = System.nanoTime();

    /** @param slots jobs at once */
    RemoteRunner(EngineApi.Model model, int slots, EngineApi api) {
        this.model = model;
        this.slots = slots;
        this.api = api;
    }

    @Override
    public KnownModel model() {
        return model.known();
    }

    @Override
    public int slots() {
        return slots;
    }

    /** Running jobs go on, even if there are fewer slots now. */
    void resize(int now) {
        slots = now;
    }

    /** Whether the engine lists the model. */
    void list(boolean now) {
        listed = now;
    }

    @Override
    public boolean served() {
        return listed;
    }

    @Override
    public synchronized boolean ready() {
        return listed && api.hasRoom() && System.nanoTime() - readyAt >= 0;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return start(id, lane, task, null, replies);
    }

    @Override
    public Running start(
            String id,
            Lane lane,
            Task task,
            @Nullable TraceContext trace,
            Consumer<Reply> replies) {
        if (!ready()) {
            return Running.ended(RunResult.turnedAway(ReadRefusal.NO_ROOM));
        }
        Running running = model.tasks().start(task, trace, replies);
        running.result().thenAccept(this::note);
        return running;
    }

    /** After a refusal, the model pauses: longer each time, until the engine takes a task again. */
    private synchronized void note(RunResult result) {
        if (!result.turnedAway()) {
            pause = SHORTEST_PAUSE;
        } else if (System.nanoTime() - readyAt >= 0) {
            readyAt = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    /** No step of the engine is seen here. A silent answer fails by itself. */
    @Override
    public Duration sinceProgress() {
        return Duration.ZERO;
    }

    /** The engine ends the requests. */
    @Override
    public void close() {}
}
