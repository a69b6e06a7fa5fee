package holt.benchmarks;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.run.ModelRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** In place of an engine: a job takes as many milliseconds as its last message says, 0 for none at all; {@code hold} waits for the release. */
final class ScriptedRunner implements ModelRunner {
    static final ModelName MODEL = new ModelName("scripted");
    static final String HOLD = "hold";

    private static final Outcome DONE =
            new Outcome.ChatCompleted("done", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    private final int slots;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("scripted-engine").factory());

    ScriptedRunner(int slots) {
        this.slots = slots;
    }

    /** Lets all jobs end that hold, now and from now on. */
    void release() {
        released.complete(null);
    }

    @Override
    public KnownModel model() {
        return new KnownModel(
                MODEL, KnownModel.Kind.CHAT, "answers without a model", Instant.EPOCH, 4096, 16);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        String script =
                switch (task) {
                    case Task.Chat chat -> chat.messages().getLast().content();
                    case Task.Images _ -> throw new IllegalArgumentException("chats only");
                };
        var outcome = new CompletableFuture<Outcome>();
        if (script.equals(HOLD)) {
            var _ = released.thenRun(() -> outcome.complete(DONE));
        } else if (script.equals("0")) {
            outcome.complete(DONE);
        } else {
            var _ =
                    timer.schedule(
                            () -> outcome.complete(DONE),
                            Long.parseLong(script),
                            TimeUnit.MILLISECONDS);
        }
        return new Running(outcome, () -> {});
    }

    @Override
    public Duration sinceProgress() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
