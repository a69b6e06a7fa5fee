package holt.engine.text;

import holt.engine.decoder.Logits;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** One request on its way: its tokens, what is made of them, and who is told. Owned by the engine's thread. */
final class Answer {
    private final Sequence sequence;
    private final int limit; // of tokens generated
    private final Set<Long> endTokens;
    private final Sampler sampler;
    private final StreamingText text;
    private final StopTexts stops;
    private final Consumer<TextEvent> events;
    private int generated;
    private int told; // tokens that earlier deltas accounted for

    /** @param contextLength tokens that the sequence may have in all; the prompt is shorter */
    Answer(
            TextRequest request,
            Sequence sequence,
            int contextLength,
            ModelVoice voice,
            Consumer<TextEvent> events) {
        this.sequence = sequence;
        this.limit = Math.min(request.maxTokens(), contextLength - sequence.promptLength());
        this.endTokens = voice.endTokens();
        this.sampler = new Sampler(request.sampling());
        this.text = new StreamingText(voice.decode());
        this.stops = new StopTexts(request.stop());
        this.events = events;
    }

    /** What a model says ends an answer, and how its tokens read. */
    record ModelVoice(Set<Long> endTokens, Function<long[], String> decode) {}

    Sequence sequence() {
        return sequence;
    }

    void started() {
        events.accept(new TextEvent.Started(sequence.promptLength()));
    }

    /** Takes the next token from the logits; returns whether the answer goes on. */
    boolean continues(Logits logits, int row) {
        int token = sampler.next(logits, row);
        sequence.append(token);
        generated++;
        boolean ended = endTokens.contains((long) token);
        String shown = ended ? "" : stops.append(text.append(token));
        Optional<FinishReason> reason =
                ended || stops.met()
                        ? Optional.of(FinishReason.STOP)
                        : generated == limit ? Optional.of(FinishReason.LENGTH) : Optional.empty();
        if (reason.isPresent() && !stops.met()) {
            shown += stops.append(text.finish());
            shown += stops.finish();
        }
        if (!shown.isEmpty()) {
            events.accept(new TextEvent.Delta(shown, generated - told));
            told = generated;
        }
        reason.ifPresent(why ->
                events.accept(new TextEvent.Finished(why, sequence.promptLength(), generated)));
        return reason.isEmpty();
    }

    void failed(EngineFailure failure) {
        events.accept(new TextEvent.Failed(failure));
    }

    void cancelled() {
        events.accept(new TextEvent.Cancelled(generated));
    }
}
