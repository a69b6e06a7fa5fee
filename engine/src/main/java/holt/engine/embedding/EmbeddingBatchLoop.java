package holt.engine.embedding;

import holt.engine.encoder.Encoder;
import holt.engine.loop.BatchLoop;
import holt.engine.loop.Progress;
import holt.engine.torch.TorchError;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes the inputs of many requests in common passes. */
final class EmbeddingBatchLoop extends BatchLoop<Embedding> {
    private static final Logger log = LoggerFactory.getLogger(EmbeddingBatchLoop.class);

    private final Encoder encoder;
    private final InputTokenizer tokenizer;
    private final InputScheduler scheduler = new InputScheduler();
    private int maxTokens;

    /**
     * @param model its name, for the log
     * @param tokenizer closed after the encoder
     * @param maxTokens the most tokens of a pass, padding included. A longer input has a pass of its own
     */
    EmbeddingBatchLoop(String model, Encoder encoder, InputTokenizer tokenizer, int maxTokens) {
        super(model);
        this.encoder = encoder;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
    }

    @Override
    protected void start() {
        encoder.useThisThread();
    }

    @Override
    protected void schedule(Embedding embedding) {
        scheduler.add(embedding.inputs());
    }

    @Override
    protected void unschedule(Embedding embedding) {
        scheduler.remove(embedding.id());
    }

    @Override
    protected void free() {
        encoder.close();
        tokenizer.close();
    }

    @Override
    protected void step(Progress progress) {
        run(scheduler.next(maxTokens), progress);
    }

    private void run(List<QueuedInput> batch, Progress progress) {
        List<float[]> vectors;
        try {
            vectors =
                    encoder.encode(
                            batch.stream().map(QueuedInput::tokens).toList(), progress::partDone);
        } catch (RuntimeException e) {
            if (TorchError.of(e) == TorchError.OUT_OF_MEMORY && batch.size() > 1) {
                halve(batch, progress);
            } else {
                fail(requests(batch), e);
            }
            return;
        }
        progress.stepDone();
        for (int i = 0; i < batch.size(); i++) {
            take(batch.get(i), vectors.get(i));
        }
    }

    /** Runs a batch again in two parts. The limit stays, since the device is too small for more. */
    private void halve(List<QueuedInput> batch, Progress progress) {
        maxTokens = Math.max(1, maxTokens / 2);
        log.atWarn()
                .addKeyValue("model", model())
                .addKeyValue("inputs", batch.size())
                .addKeyValue("mostTokens", maxTokens)
                .log("The device had no memory for a pass; it runs again in two parts");
        progress.partDone();
        int half = batch.size() / 2;
        run(batch.subList(0, half), progress);
        run(batch.subList(half, batch.size()), progress);
    }

    private void take(QueuedInput input, float[] vector) {
        Embedding embedding = find(input.request());
        if (embedding != null) {
            attempt(
                    List.of(embedding),
                    () -> {
                        if (embedding.take(input.index(), vector)) {
                            remove(embedding);
                        }
                    });
        }
    }

    private List<Embedding> requests(List<QueuedInput> batch) {
        return batch.stream()
                .map(QueuedInput::request)
                .distinct()
                .map(this::find)
                .filter(Objects::nonNull)
                .toList();
    }
}
