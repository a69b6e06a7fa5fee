package holt.engine.text;

import holt.engine.EngineThread;
import holt.engine.decoder.Decoder;
import holt.engine.template.TemplateException;
import holt.engine.text.TextBatchLoop.Entry;
import java.util.List;
import java.util.function.Consumer;

/** The engine: encodes prompts, and hands them to {@link TextBatchLoop}. */
final class BatchingTextEngine extends EngineThread<Entry> implements TextEngine {
    private final TextModelInfo info;
    private final int vocabulary;
    private final Conversation conversation;

    /**
     * What the engine needs to know about texts.
     *
     * @param release frees it
     */
    record Conversation(PromptEncoder prompts, ModelVoice voice, Runnable release) {}

    /** Encodes a conversation. */
    @FunctionalInterface
    interface PromptEncoder {
        long[] encode(List<ChatTurn> turns);
    }

    /** @param decoder closed by {@link #close}, like the conversation */
    BatchingTextEngine(
            TextModelInfo info, Decoder decoder, Conversation conversation, int prefillChunk) {
        super(
                info.name(),
                new TextBatchLoop(
                        info.name(),
                        decoder,
                        conversation.release(),
                        info.maxBatch(),
                        prefillChunk));
        this.info = info;
        this.vocabulary = decoder.vocabulary();
        this.conversation = conversation;
    }

    BatchingTextEngine start() {
        begin();
        return this;
    }

    @Override
    public TextModelInfo info() {
        return info;
    }

    @Override
    public void submit(TextRequest request, Consumer<TextEvent> events) {
        if (isClosed()) {
            events.accept(new TextEvent.Cancelled(0));
            return;
        }
        enter(entry(request, events));
    }

    private Entry entry(TextRequest request, Consumer<TextEvent> events) {
        for (int token : request.sampling().logitBias().keySet()) {
            if (token < 0 || token >= vocabulary) {
                return new Entry.Reject(events, new EngineFailure.UnknownToken(token, vocabulary));
            }
        }
        long[] prompt;
        try {
            prompt = conversation.prompts().encode(request.turns());
        } catch (TemplateException e) {
            return new Entry.Reject(
                    events, new EngineFailure.TemplateRefused(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return new Entry.Reject(events, Failures.of(e));
        }
        if (prompt.length >= info.contextLength()) {
            return new Entry.Reject(
                    events, new EngineFailure.PromptTooLong(prompt.length, info.contextLength()));
        }
        return new Entry.Run(
                new Answer(request, prompt, info.contextLength(), conversation.voice(), events));
    }
}
