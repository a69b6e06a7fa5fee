package holt.engine.text;

import holt.engine.EngineThread;
import holt.engine.decoder.Decoder;
import holt.engine.decoder.Logits;
import holt.engine.torch.TorchError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the answers to many requests in common steps. */
final class TextBatchLoop implements EngineThread.Work<TextBatchLoop.Entry> {
    private static final Logger log = LoggerFactory.getLogger(TextBatchLoop.class);

    /** What is handed in. */
    sealed interface Entry {
        record Run(Answer answer) implements Entry {}

        /** A request that cannot be run; its consumer is told on the engine's thread like all others. */
        record Reject(Consumer<TextEvent> events, EngineFailure failure) implements Entry {}
    }

    private final String model;
    private final Decoder decoder;
    private final Runnable release;
    private final Scheduler scheduler;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private int mostTokens = Integer.MAX_VALUE; // of a step
    private @Nullable EngineFailure broken;

    /**
     * @param release called once the decoder is closed
     * @param batch how many sequences may run at once
     */
    TextBatchLoop(String model, Decoder decoder, Runnable release, int batch, int prefillChunk) {
        this.model = model;
        this.decoder = decoder;
        this.release = release;
        this.scheduler = new Scheduler(new Slots(decoder.slots(), batch), prefillChunk);
    }

    @Override
    public void begin() {
        decoder.useThisThread();
    }

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.Run(Answer answer) -> accept(answer);
            case Entry.Reject reject -> refuse(reject);
        }
    }

    @Override
    public void cancel(String id) {
        Optional.ofNullable(answers.get(id)).ifPresent(answer -> end(answer, Answer::cancelled));
    }

    @Override
    public boolean isIdle() {
        return answers.isEmpty();
    }

    @Override
    public void step(EngineThread.Progress progress) {
        scheduler
                .next()
                .filter(this::copied)
                .ifPresent(batch -> batch.parts(mostTokens).forEach(part -> run(part, progress)));
    }

    @Override
    public void end() {
        List.copyOf(answers.values()).forEach(answer -> end(answer, Answer::cancelled));
        decoder.close();
        release.run();
    }

    @Override
    public void leave(Entry entry) {
        switch (entry) {
            case Entry.Run(Answer answer) -> tell(answer::cancelled);
            case Entry.Reject reject -> refuse(reject);
        }
    }

    private void refuse(Entry.Reject reject) {
        tell(() -> reject.events().accept(new TextEvent.Failed(reject.failure())));
    }

    private void accept(Answer answer) {
        String id = answer.id();
        if (answers.isEmpty()) {
            mostTokens = Integer.MAX_VALUE;
        }
        if (broken != null) {
            EngineFailure failure = broken;
            tell(() -> answer.failed(failure));
        } else if (answers.putIfAbsent(id, answer) != null) {
            tell(() ->
                    answer.failed(
                            new EngineFailure.Internal(
                                    "a request with the id " + id + " is running")));
        } else {
            answer.sequences().forEach(scheduler::add);
        }
    }

    private boolean copied(Batch batch) {
        try {
            for (Batch.Copy copy : batch.copies()) {
                decoder.copy(copy.source(), copy.target(), copy.length());
            }
            return true;
        } catch (RuntimeException e) {
            fail(batch, e);
            return false;
        }
    }

    private void run(Batch batch, EngineThread.Progress progress) {
        Batch heard = batch.filter(this::listens);
        if (heard.rows().isEmpty()) {
            return;
        }
        Logits logits;
        try {
            logits = decoder.step(heard.tokens(), heard.positions(), heard.slots());
        } catch (RuntimeException e) {
            if (TorchError.of(e) == TorchError.OUT_OF_MEMORY && heard.size() > 1) {
                halve(heard, progress);
            } else {
                fail(heard, e);
            }
            return;
        }
        progress.stepped();
        use(heard, logits);
    }

    /** Tries the same with less at a time, so that only what is too much by itself fails; it stays so until all have ended. */
    private void halve(Batch batch, EngineThread.Progress progress) {
        mostTokens = batch.size() / 2;
        log.atWarn()
                .addKeyValue("model", model)
                .addKeyValue("tokens", batch.size())
                .addKeyValue("mostTokens", mostTokens)
                .log("The device had no memory for a step; it is run in parts");
        progress.made();
        batch.parts(mostTokens).forEach(part -> run(part, progress));
    }

    /** Tells a row's request that it runs; returns whether it is still wanted. */
    private boolean listens(Sequence row) {
        Answer answer = answers.get(row.id());
        if (answer != null && !tell(answer::started)) {
            end(answer, Answer::cancelled);
            return false;
        }
        return answer != null;
    }

    private void use(Batch batch, Logits logits) {
        for (int i = 0; i < batch.rows().size(); i++) {
            Sequence row = batch.rows().get(i);
            row.advance(batch.width());
            Answer answer = answers.get(row.id());
            if (row.unread() > 0 || answer == null) {
                continue; // with more of its prompt to read, or ended with a sibling
            }
            int index = i;
            boolean[] continues = {false};
            if (!tell(() -> continues[0] = answer.continues(row.choice(), logits, index))) {
                end(answer, Answer::cancelled);
            } else if (answer.hasEnded()) {
                forget(answer);
            } else if (!continues[0]) {
                scheduler.remove(row);
            }
        }
    }

    private void fail(Batch batch, RuntimeException e) {
        EngineFailure failure = Failures.of(e);
        boolean lost = failure instanceof EngineFailure.DeviceBroken;
        List<Answer> failed = lost ? List.copyOf(answers.values()) : concerned(batch);
        log.atError()
                .addKeyValue("model", model)
                .addKeyValue("requests", failed.size())
                .setCause(e)
                .log(
                        lost
                                ? "The device is lost; all requests fail from now on"
                                : "A step failed, and its requests with it");
        failed.forEach(answer -> end(answer, each -> each.failed(failure)));
        scheduler.stepFailed();
        if (lost) {
            broken = failure;
        }
    }

    /** Whose sequences the batch runs or admits. */
    private List<Answer> concerned(Batch batch) {
        Stream<Sequence> admitted = batch.copies().stream().map(Batch.Copy::sequence);
        return Stream.concat(batch.rows().stream(), admitted)
                .map(row -> answers.get(row.id()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void end(Answer answer, Consumer<Answer> lastWord) {
        forget(answer);
        tell(() -> lastWord.accept(answer));
    }

    private void forget(Answer answer) {
        answers.remove(answer.id());
        answer.sequences().forEach(scheduler::remove);
    }

    /** Calls a consumer of events; returns whether it took them. */
    private boolean tell(Runnable event) {
        try {
            event.run();
            return true;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("model", model)
                    .setCause(e)
                    .log("A consumer of events failed; its request ends");
            return false;
        }
    }
}
