package holt.benchmarks.cluster;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.ModelRunner;
import holt.worker.models.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs jobs without an engine. The last message is the length of the job in milliseconds, or {@code hold}, which waits for {@link #release}. */
public final class ScriptedRunner implements ModelRunner {
    public static final ModelName MODEL = new ModelName("scripted");
    public static final String HOLD = "hold";

    private static final RunResult DONE =
            new RunResult(
                    new Outcome.ChatCompleted(
                            "done", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1)));

    private final int slots;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("scripted-engine").factory());

    public ScriptedRunner(int slots) {
        this.slots = slots;
    }

    /** Ends all jobs that hold, and all that will. */
    public void release() {
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
        return switch (task) {
            case Task.Chat chat -> start(chat.messages().getLast().content());
            case Task.Complete _, Task.Images _, Task.Embed _ ->
                    Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(String script) {
        var result = new CompletableFuture<RunResult>();
        if (script.equals(HOLD)) {
            var _ = released.thenRun(() -> result.complete(DONE));
        } else if (script.equals("0")) {
            result.complete(DONE);
        } else {
            var _ =
                    timer.schedule(
                            () -> result.complete(DONE),
                            Long.parseLong(script),
                            TimeUnit.MILLISECONDS);
        }
        return new Running(result, () -> {});
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
