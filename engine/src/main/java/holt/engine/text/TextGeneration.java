package holt.engine.text;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.decoder.Logits;
import holt.engine.loop.ActiveRequest;
import holt.engine.loop.RequestEvents;
import holt.engine.text.constraint.Constraints;
import holt.engine.text.scheduling.Sequence;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One text request in progress, with its completions. Only the engine's thread uses it. */
final class TextGeneration implements ActiveRequest {
    private final RequestId id;
    private final int promptLength;
    private final List<Completion> completions;
    private final @Nullable PromptEcho echo;
    private final RequestEvents<TextEvent> events;
    private boolean started;
    private int unfinished; // completions
    private boolean endsAtNextToken;

    /** @param contextLength the most tokens of prompt and completion together; the prompt is shorter */
    TextGeneration(
            TextRequest request,
            EncodedPrompt prompt,
            int contextLength,
            ChatTokenizer tokenizer,
            Constraints.@Nullable Compiled constraint,
            RequestEvents<TextEvent> events) {
        this.id = request.id();
        this.promptLength = prompt.tokens().length;
        this.echo = echo(request, prompt, tokenizer);
        boolean scored = echo != null && echo.wantsScores();
        this.completions =
                IntStream.range(0, request.choices())
                        .mapToObj(choice ->
                                new Sequence(
                                        id,
                                        choice,
                                        prompt.tokens(),
                                        request.priority(),
                                        scored && choice == 0))
                        .map(each ->
                                new Completion(
                                        request,
                                        each,
                                        prompt,
                                        contextLength,
                                        tokenizer,
                                        constraint == null ? null : constraint.newText()))
                        .toList();
        this.events = events;
        this.unfinished = completions.size();
    }

    private static @Nullable PromptEcho echo(
            TextRequest request, EncodedPrompt prompt, ChatTokenizer tokenizer) {
        RawPrompt raw = request.raw();
        if (raw == null || !raw.echo()) {
            return null;
        }
        String text = raw.text() == null ? tokenizer.decode(prompt.tokens()) : raw.text();
        return new PromptEcho(text, prompt.tokens(), request.topScores(), tokenizer);
    }

    @Override
    public RequestId id() {
        return id;
    }

    @Override
    public boolean isListening() {
        return events.isListening();
    }

    /** One for each completion. */
    List<Sequence> sequences() {
        return completions.stream().map(Completion::sequence).toList();
    }

    /** Whether all completions have ended. */
    boolean hasEnded() {
        return unfinished == 0;
    }

    boolean hasEnded(int choice) {
        return completions.get(choice).hasEnded();
    }

    /** Publishes, once, that the model reads the prompt. */
    void start() {
        if (!started) {
            started = true;
            events.emit(new TextEvent.Started(promptLength));
        }
    }

    /** Samples the next token of a completion from a row of the logits, and publishes what follows from it. */
    void append(int choice, Logits logits, int row) {
        Completion completion = completions.get(choice);
        if (echo != null && completion.generatedTokens() == 0) {
            events.emit(echo.delta(choice));
        }
        completion.append(logits, row).forEach(events::emit);
        if (completion.hasEnded() && --unfinished == 0) {
            finish();
        } else if (endsAtNextToken) {
            cutShort();
        }
    }

    /** Scores the prompt's token after a position, by a row of the logits. */
    void scorePrompt(int position, Logits logits, int row) {
        if (echo != null) {
            echo.score(position, logits, row);
        }
    }

    @Override
    public boolean cutShort() {
        endsAtNextToken = true;
        if (generatedTokens() == 0) {
            return false;
        }
        completions.stream()
                .filter(completion -> !completion.hasEnded())
                .forEach(completion -> completion.cutShort().forEach(events::emit));
        unfinished = 0;
        finish();
        return true;
    }

    private void finish() {
        List<FinishReason> reasons = completions.stream().map(Completion::reason).toList();
        events.emit(
                new TextEvent.Finished(reasons, promptLength, generatedTokens(), cachedTokens()));
    }

    @Override
    public void fail(EngineFailure failure) {
        events.emitLast(new TextEvent.Failed(failure));
    }

    @Override
    public void cancel() {
        events.emitLast(new TextEvent.Cancelled(generatedTokens()));
    }

    /** The first completion reads the prompt. The others start from its keys and values. */
    private int cachedTokens() {
        return completions.getFirst().sequence().cachedTokens();
    }

    private int generatedTokens() {
        return completions.stream().mapToInt(Completion::generatedTokens).sum();
    }
}
