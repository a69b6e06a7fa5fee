package holt.system.rig;

import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.ModelRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An engine that does what the last message says, as {@code key=value} words: {@code nonce} is repeated in the answer, {@code sleep} is how
 * long it takes in milliseconds, {@code words} how many pieces the text comes in, {@code do} is {@code hang}, {@code throw}, {@code fail} or
 * {@code halt}. Each start and end goes to a run log, which outlives the process.
 */
public final class ScriptedRunner implements ModelRunner {
    public static final ModelName MODEL = new ModelName("scripted");
    private static final int CONTEXT = 1_000_000;

    private final int slots;
    private final Path runLog;
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("scripted-", 0).factory());

    public ScriptedRunner(int slots, Path runLog) {
        this.slots = slots;
        this.runLog = runLog;
    }

    @Override
    public KnownModel model() {
        return new KnownModel(
                MODEL, KnownModel.Kind.CHAT, "does what it is told", Instant.EPOCH, CONTEXT, 8);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        var chat =
                switch (task) {
                    case Task.Chat it -> it;
                };
        Map<String, String> script =
                Arrays.stream(chat.messages().getLast().content().split("\\s+"))
                        .filter(word -> word.contains("="))
                        .map(word -> word.split("=", 2))
                        .collect(
                                Collectors.toMap(
                                        pair -> pair[0], pair -> pair[1], (_, last) -> last));
        String nonce = script.getOrDefault("nonce", "none");
        log("start", nonce);
        var outcome = new CompletableFuture<Outcome>();
        switch (script.getOrDefault("do", "answer")) {
            case "halt" -> Runtime.getRuntime().halt(137);
            case "throw" -> throw new IllegalStateException("told to throw");
            case "fail" ->
                    outcome.complete(new Outcome.Failed(Failure.WORKER_FAILED, "told to fail"));
            case "hang" -> {}
            default -> answer(nonce, script, chat.stream() ? replies : _ -> {}, outcome);
        }
        return new Running(outcome, () -> log("stop", nonce));
    }

    @Override
    public Duration sinceProgress() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void answer(
            String nonce,
            Map<String, String> script,
            Consumer<Reply> replies,
            CompletableFuture<Outcome> outcome) {
        long sleep = Long.parseLong(script.getOrDefault("sleep", "0"));
        int words = Integer.parseInt(script.getOrDefault("words", "1"));
        String[] pieces = new String[words];
        for (int i = 0; i < words; i++) {
            pieces[i] = nonce + "." + i + " ";
        }
        for (int i = 0; i < words; i++) {
            String piece = pieces[i];
            timer.schedule(
                    () -> {
                        if (!outcome.isDone()) {
                            replies.accept(new Reply.TextDelta(piece, 1));
                        }
                    },
                    sleep * i / words,
                    TimeUnit.MILLISECONDS);
        }
        timer.schedule(
                () -> {
                    if (outcome.complete(
                            new Outcome.ChatCompleted(
                                    String.join("", pieces),
                                    Outcome.FinishReason.STOP,
                                    new Outcome.Usage(1, words)))) {
                        log("end", nonce);
                    }
                },
                sleep,
                TimeUnit.MILLISECONDS);
    }

    private synchronized void log(String what, String nonce) {
        try {
            Files.writeString(
                    runLog,
                    String.join(
                                    " ",
                                    what,
                                    nonce,
                                    Long.toString(ProcessHandle.current().pid()),
                                    Long.toString(System.currentTimeMillis()))
                            + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
