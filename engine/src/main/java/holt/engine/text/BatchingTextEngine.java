package holt.engine.text;

import holt.engine.EngineFailure;
import holt.engine.decoder.Decoder;
import holt.engine.loop.EngineFailures;
import holt.engine.loop.EngineThread;
import holt.engine.loop.RequestEvents;
import holt.engine.loop.Submission;
import holt.engine.template.TemplateException;
import holt.engine.text.constraint.Constraints;
import holt.grammar.Constraint;
import holt.grammar.refusal.RefusedConstraintException;
import java.util.function.Consumer;

/** A text engine. It encodes prompts on the caller's thread; {@link TextBatchLoop} does the rest. */
final class BatchingTextEngine extends EngineThread<TextGeneration> implements TextEngine {
    private final TextModelInfo info;
    private final int vocabulary;
    private final ChatTokenizer tokenizer;
    private final Constraints constraints;
    private final ConstrainCalls calls;

    /**
     * @param decoder closed by {@link #close}
     * @param tokenizer closed by {@link #close}
     * @param prefillChunk the most prompt tokens that one step reads
     */
    BatchingTextEngine(
            TextModelInfo info, Decoder decoder, ChatTokenizer tokenizer, int prefillChunk) {
        super(
                info.name(),
                new TextBatchLoop(info.name(), decoder, tokenizer, info.maxBatch(), prefillChunk));
        this.info = info;
        this.vocabulary = decoder.vocabulary();
        this.tokenizer = tokenizer;
        this.constraints = new Constraints(vocabulary, tokenizer::text, tokenizer.endTokens());
        this.calls = new ConstrainCalls(tokenizer.format().family().syntax(), constraints);
    }

    BatchingTextEngine start() {
        startThread();
        return this;
    }

    @Override
    public TextModelInfo info() {
        return info;
    }

    @Override
    public void submit(TextRequest request, Consumer<TextEvent> consumer) {
        if (isClosed()) {
            consumer.accept(new TextEvent.Cancelled(0));
            return;
        }
        var events = new RequestEvents<TextEvent>(request.id(), consumer);
        enqueue(submission(request, events));
    }

    private Submission<TextGeneration> submission(
            TextRequest request, RequestEvents<TextEvent> events) {
        for (int token : request.sampling().logitBias().keySet()) {
            if (token < 0 || token >= vocabulary) {
                return reject(events, new EngineFailure.UnknownToken(token, vocabulary));
            }
        }
        EncodedPrompt prompt;
        try {
            RawPrompt raw = request.raw();
            prompt = raw == null ? tokenizer.encode(ChatInput.of(request)) : tokenizer.encode(raw);
        } catch (TemplateException e) {
            return reject(
                    events, new EngineFailure.TemplateRefused(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return reject(events, EngineFailures.of(e));
        }
        for (long token : prompt.tokens()) {
            if (token < 0 || token >= vocabulary) {
                return reject(
                        events,
                        new EngineFailure.Refused(
                                request.promptField(),
                                "the text %s is token %d of the tokenizer; the model has %d tokens, counted from 0"
                                        .formatted(
                                                tokenizer.text(token).text(), token, vocabulary)));
            }
        }
        int length = prompt.tokens().length;
        if (length == 0) {
            return reject(
                    events, new EngineFailure.Refused(request.promptField(), "has no tokens"));
        }
        if (length >= info.contextLength()) {
            return reject(
                    events,
                    new EngineFailure.PromptTooLong(
                            request.promptField(), length, info.contextLength()));
        }
        Constraints.Compiled constraint = null;
        Constraint form = calls.of(request);
        if (form != null) {
            try {
                constraint = constraints.compile(form);
            } catch (RefusedConstraintException e) {
                return reject(
                        events,
                        new EngineFailure.Refused(
                                "response_format", String.valueOf(e.getMessage())));
            }
        }
        return new Submission.Run<>(
                new TextGeneration(
                        request, prompt, info.contextLength(), tokenizer, constraint, events));
    }

    private static Submission<TextGeneration> reject(
            RequestEvents<TextEvent> events, EngineFailure failure) {
        return new Submission.Reject<>(() -> events.emitLast(new TextEvent.Failed(failure)));
    }
}
