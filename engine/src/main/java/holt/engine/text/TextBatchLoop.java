package holt.engine.text;

import holt.engine.decoder.Decoder;
import holt.engine.decoder.Logits;
import holt.engine.loop.BatchLoop;
import holt.engine.loop.Progress;
import holt.engine.text.scheduling.Batch;
import holt.engine.text.scheduling.CacheSlots;
import holt.engine.text.scheduling.Sequence;
import holt.engine.text.scheduling.TextScheduler;
import holt.engine.torch.TorchError;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generates text for many requests in common decoder steps. */
final class TextBatchLoop extends BatchLoop<TextGeneration> {
    private static final Logger log = LoggerFactory.getLogger(TextBatchLoop.class);

    private final Decoder decoder;
    private final ChatTokenizer tokenizer;
    private final TextScheduler scheduler;
    private int maxTokens = Integer.MAX_VALUE; // of a step

    /**
     * @param model its name, for the log
     * @param tokenizer closed after the decoder
     * @param maxBatch the most sequences that run at once
     * @param prefillChunk the most prompt tokens that one step reads
     */
    TextBatchLoop(
            String model,
            Decoder decoder,
            ChatTokenizer tokenizer,
            int maxBatch,
            int prefillChunk) {
        super(model);
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.scheduler = new TextScheduler(new CacheSlots(decoder.slots(), maxBatch), prefillChunk);
    }

    @Override
    protected void start() {
        decoder.useThisThread();
    }

    @Override
    protected void schedule(TextGeneration generation) {
        generation.sequences().forEach(scheduler::add);
    }

    @Override
    protected void unschedule(TextGeneration generation) {
        generation.sequences().forEach(scheduler::remove);
        if (isIdle()) {
            maxTokens = Integer.MAX_VALUE;
        }
    }

    @Override
    protected void free() {
        decoder.close();
        tokenizer.close();
    }

    @Override
    protected void step(Progress progress) {
        scheduler
                .next()
                .filter(this::copySlots)
                .ifPresent(batch -> batch.parts(maxTokens).forEach(part -> run(part, progress)));
    }

    private boolean copySlots(Batch batch) {
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

    private void run(Batch all, Progress progress) {
        Batch batch = all.filter(this::isRunning);
        if (batch.rows().isEmpty()) {
            return;
        }
        Logits logits;
        try {
            logits =
                    batch.isWhole()
                            ? decoder.stepWhole(batch.tokens(), batch.positions(), batch.slots())
                            : decoder.step(batch.tokens(), batch.positions(), batch.slots());
        } catch (RuntimeException e) {
            if (TorchError.of(e) == TorchError.OUT_OF_MEMORY && batch.size() > 1) {
                halve(batch, progress);
            } else {
                fail(batch, e);
            }
            return;
        }
        progress.stepDone();
        publish(batch, logits);
    }

    /**
     * Runs a batch again in smaller parts, so that only a row too large by itself fails. The limit stays until the engine
     * is idle.
     */
    private void halve(Batch batch, Progress progress) {
        maxTokens = batch.size() / 2;
        log.atWarn()
                .addKeyValue("model", model())
                .addKeyValue("tokens", batch.size())
                .addKeyValue("mostTokens", maxTokens)
                .log("The device had no memory for a step; it runs again in parts");
        progress.partDone();
        batch.parts(maxTokens).forEach(part -> run(part, progress));
    }

    /** Publishes that a row's request has started. Returns whether the request goes on. */
    private boolean isRunning(Sequence row) {
        TextGeneration generation = find(row.id());
        if (generation == null) {
            return false;
        }
        generation.start();
        return isListening(generation);
    }

    private void publish(Batch batch, Logits logits) {
        int width = batch.isWhole() ? batch.width() : 1; // rows of logits for each sequence
        for (int i = 0; i < batch.rows().size(); i++) {
            Sequence row = batch.rows().get(i);
            int first = i * width;
            TextGeneration generation = find(row.id());
            if (row.isScored() && generation != null) {
                for (int j = 0; j < width; j++) {
                    generation.scorePrompt(row.position() + j, logits, first + j);
                }
            }
            row.advance(batch.width());
            if (row.unread() == 0 && generation != null) {
                publish(generation, row, logits, first + width - 1);
            }
        }
    }

    private void publish(TextGeneration generation, Sequence sequence, Logits logits, int row) {
        int choice = sequence.choice();
        boolean appended =
                attempt(List.of(generation), () -> generation.append(choice, logits, row));
        if (!appended) {
            scheduler.forgetIdleSlots(); // its keys and values may be NaN
            return;
        }
        if (!isListening(generation)) {
            return;
        }
        if (generation.hasEnded()) {
            remove(generation);
        } else if (generation.hasEnded(choice)) {
            scheduler.remove(sequence);
        }
    }

    /** Fails the requests that the batch runs or admits. */
    private void fail(Batch batch, RuntimeException exception) {
        Stream<Sequence> admitted = batch.copies().stream().map(Batch.Copy::sequence);
        fail(
                Stream.concat(batch.rows().stream(), admitted)
                        .map(row -> find(row.id()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                exception);
        scheduler.forgetIdleSlots();
    }
}
