package holt.system.rig.script;

import holt.protocol.Failure;
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
import org.jspecify.annotations.Nullable;

/** An engine that follows the {@link Script} in the last message. It writes each start and end to the run log. */
public final class ScriptedRunner implements ModelRunner {
    public static final KnownModel MODEL = model(new ModelName(Script.MODEL));

    private final KnownModel model;
    private final int slots;
    private final RunLog runLog;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    // More than one thread would mix up the words.
                    1, Thread.ofPlatform().daemon().name("scripted").factory());
    private volatile boolean broken;
    private volatile @Nullable Long stuckSince;

    public ScriptedRunner(int slots, RunLog runLog) {
        this(MODEL.name(), slots, runLog);
    }

    public ScriptedRunner(ModelName name, int slots, RunLog runLog) {
        this.model = model(name);
        this.slots = slots;
        this.runLog = runLog;
    }

    @Override
    public KnownModel model() {
        return model;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Chat chat -> start(chat, replies);
            case Task.Complete _, Task.Images _, Task.Embed _ ->
                    Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(Task.Chat chat, Consumer<Reply> replies) {
        Script script = Script.parse(chat.messages().getLast().content());
        runLog.write("start", script.nonce());
        var result = new CompletableFuture<RunResult>();
        boolean told =
                script.times() == Script.ALWAYS
                        || runLog.starts(script.nonce()).size() <= script.times();
        switch (told ? script.act() : Script.Act.ANSWER) {
            case ANSWER -> answer(script, chat.stream() ? replies : _ -> {}, result);
            case HALT -> Runtime.getRuntime().halt(137);
            case THROW -> throw new IllegalStateException("told to throw");
            case FAIL -> result.complete(failed(Failure.WORKER_FAILED));
            case OOM -> result.complete(failed(Failure.INSUFFICIENT_MEMORY));
            case HANG -> {}
            case STUCK -> stuckSince = System.nanoTime();
            case BROKEN -> {
                broken = true;
                result.complete(failed(Failure.WORKER_FAILED));
            }
        }
        return new Running(result, () -> runLog.write("stop", script.nonce()));
    }

    @Override
    public boolean broken() {
        return broken;
    }

    @Override
    public Duration sinceProgress() {
        Long since = stuckSince;
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void answer(
            Script script, Consumer<Reply> replies, CompletableFuture<RunResult> result) {
        int words = script.words();
        for (int i = 0; i < words; i++) {
            String word = script.word(i);
            timer.schedule(
                    () -> {
                        if (!result.isDone()) {
                            replies.accept(new Reply.TextDelta(word, 1));
                        }
                    },
                    script.sleep() * i / words,
                    TimeUnit.MILLISECONDS);
        }
        timer.schedule(
                () -> {
                    if (result.complete(
                            new RunResult(
                                    new Outcome.ChatCompleted(
                                            script.text(),
                                            Outcome.FinishReason.STOP,
                                            new Outcome.Usage(1, words))))) {
                        runLog.write("end", script.nonce());
                    }
                },
                script.sleep(),
                TimeUnit.MILLISECONDS);
    }

    private static KnownModel model(ModelName name) {
        return new KnownModel(
                name, KnownModel.Kind.CHAT, "follows a script", Instant.EPOCH, 10_000_000, 8);
    }

    private static RunResult failed(Failure reason) {
        return new RunResult(new Outcome.Failed(reason, "told to fail"));
    }
}
