package holt.engine.embedding;

import holt.engine.EngineFailure;
import holt.engine.encoder.Encoder;
import holt.engine.loop.EngineFailures;
import holt.engine.loop.EngineThread;
import holt.engine.loop.RequestEvents;
import holt.engine.loop.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An embedding engine. It encodes texts on the caller's thread; {@link EmbeddingBatchLoop} does the rest. */
final class BatchingEmbeddingEngine extends EngineThread<Embedding> implements EmbeddingEngine {
    private final EmbeddingModelInfo info;
    private final int vocabulary;
    private final boolean unit;
    private final InputTokenizer tokenizer;

    /**
     * @param encoder closed by {@link #close}
     * @param tokenizer closed by {@link #close}
     * @param unit whether vectors have the length 1
     * @param passTokens the most tokens of a pass
     */
    BatchingEmbeddingEngine(
            EmbeddingModelInfo info,
            Encoder encoder,
            InputTokenizer tokenizer,
            boolean unit,
            int passTokens) {
        super(info.name(), new EmbeddingBatchLoop(info.name(), encoder, tokenizer, passTokens));
        this.info = info;
        this.vocabulary = encoder.facts().vocabulary();
        this.unit = unit;
        this.tokenizer = tokenizer;
    }

    BatchingEmbeddingEngine start() {
        startThread();
        return this;
    }

    @Override
    public EmbeddingModelInfo info() {
        return info;
    }

    @Override
    public void submit(EmbeddingRequest request, Consumer<EmbeddingEvent> consumer) {
        if (isClosed()) {
            consumer.accept(new EmbeddingEvent.Cancelled());
            return;
        }
        var events = new RequestEvents<EmbeddingEvent>(request.id(), consumer);
        enqueue(submission(request, events));
    }

    private Submission<Embedding> submission(
            EmbeddingRequest request, RequestEvents<EmbeddingEvent> events) {
        EngineFailure refusal = refusal(request);
        if (refusal != null) {
            return reject(events, refusal);
        }
        Integer cutTo = request.cutTo();
        int most = cutTo == null ? Integer.MAX_VALUE : Math.min(cutTo, info.maxTokens());
        List<long[]> inputs = new ArrayList<>();
        for (int i = 0; i < request.inputs().size(); i++) {
            long[] tokens;
            try {
                tokens = tokenizer.encode(request.inputs().get(i), request.promptName(), most);
            } catch (RuntimeException e) {
                return reject(events, EngineFailures.of(e));
            }
            EngineFailure failure = failure("input[" + i + "]", tokens);
            if (failure != null) {
                return reject(events, failure);
            }
            inputs.add(tokens);
        }
        Integer dimensions = request.dimensions();
        return new Submission.Run<>(
                new Embedding(
                        request.id(),
                        inputs,
                        dimensions == null ? info.width() : dimensions,
                        unit,
                        request.priority(),
                        events));
    }

    private @Nullable EngineFailure refusal(EmbeddingRequest request) {
        Integer dimensions = request.dimensions();
        if (dimensions != null && (dimensions < 1 || dimensions > info.width())) {
            return new EngineFailure.Refused(
                    "dimensions", "must be from 1 to " + info.width() + " for this model");
        }
        Integer cutTo = request.cutTo();
        if (cutTo != null && cutTo <= tokenizer.added()) {
            return new EngineFailure.Refused(
                    "truncate_prompt_tokens",
                    "must be above %d, since the model adds as many special tokens"
                            .formatted(tokenizer.added()));
        }
        String prompt = request.promptName();
        if (prompt != null && !tokenizer.promptNames().contains(prompt)) {
            return new EngineFailure.Refused(
                    "prompt_name",
                    tokenizer.promptNames().isEmpty()
                            ? "this model has no prompts"
                            : "must be " + String.join(" or ", tokenizer.promptNames()));
        }
        return null;
    }

    private @Nullable EngineFailure failure(String field, long[] tokens) {
        if (tokens.length == 0) {
            return new EngineFailure.Refused(field, "has no tokens");
        }
        if (tokens.length > info.maxTokens()) {
            return new EngineFailure.PromptTooLong(field, tokens.length, info.maxTokens());
        }
        for (long token : tokens) {
            if (token < 0 || token >= vocabulary) {
                return new EngineFailure.Refused(
                        field,
                        "token %d does not exist; the model has %d tokens, counted from 0"
                                .formatted(token, vocabulary));
            }
        }
        return null;
    }

    private static Submission<Embedding> reject(
            RequestEvents<EmbeddingEvent> events, EngineFailure failure) {
        return new Submission.Reject<>(() -> events.emitLast(new EmbeddingEvent.Failed(failure)));
    }
}
