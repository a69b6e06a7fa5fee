package holt.worker.remote;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.GrowAnswers;
import holt.worker.models.ModelRunner;
import holt.worker.models.RunResult;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs chats on one model of a remote engine. */
final class RemoteRunner implements ModelRunner {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final KnownModel model;
    private final String own;
    private final int slots;
    private final SendChat send;
    private volatile boolean listed = true;
    private Duration pause = SHORTEST_PAUSE;
    private long readyAt = System.nanoTime();

    /**
     * @param own the engine's name of the model
     * @param slots jobs at once
     */
    RemoteRunner(KnownModel model, String own, int slots, SendChat send) {
        this.model = model;
        this.own = own;
        this.slots = slots;
        this.send = send;
    }

    @Override
    public KnownModel model() {
        return model;
    }

    @Override
    public int slots() {
        return slots;
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
        return listed && System.nanoTime() - readyAt >= 0;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Chat chat -> start(chat, replies);
            case Task.Images _, Task.Embed _, Task.Complete _ ->
                    Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(Task.Chat chat, Consumer<Reply> replies) {
        if (!ready()) {
            return Running.ended(RunResult.turnedAway(ReadRefusal.NO_ROOM));
        }
        var answers = new GrowAnswers(chat, replies);
        Runnable stop = send.send(chat, own, answers);
        answers.result().thenAccept(this::note);
        return new Running(answers.result(), stop);
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
