package holt.engine.text;

import holt.engine.decoder.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of a request's answers on its way: its tokens, and what is made of them. Owned by the engine's thread. */
final class Choice {
    private final Sequence sequence;
    private final int limit; // of tokens generated
    private final ModelVoice voice;
    private final Sampler sampler;
    private final StreamingText text;
    private final StopTexts stops;
    private final @Nullable Integer topScores;
    private final HeldScores scores = new HeldScores();
    private int generated;
    private int told; // tokens that earlier deltas accounted for
    private @Nullable FinishReason reason;

    /** @param contextLength tokens that the sequence may have in all; the prompt is shorter */
    Choice(
            TextRequest request,
            Sequence sequence,
            long[] prompt,
            int contextLength,
            ModelVoice voice) {
        this.sequence = sequence;
        this.limit = Math.min(request.maxTokens(), contextLength - prompt.length);
        this.voice = voice;
        this.sampler = new Sampler(request.sampling().forChoice(sequence.choice()), prompt);
        this.text = new StreamingText(voice.decode());
        this.stops = new StopTexts(request.stop());
        this.topScores = request.topScores();
    }

    Sequence sequence() {
        return sequence;
    }

    int generated() {
        return generated;
    }

    boolean hasEnded() {
        return reason != null;
    }

    /** Why it ended; only after that. */
    FinishReason reason() {
        return Objects.requireNonNull(reason);
    }

    /** Takes the next token from the logits; returns what is to be told of it. */
    Optional<TextEvent.Delta> next(Logits logits, int row) {
        int token = sampler.next(logits, row);
        sequence.append(token);
        generated++;
        boolean ended = voice.endTokens().contains((long) token);
        boolean last = ended || generated == limit;
        String more = (ended ? "" : text.append(token)) + (last ? text.finish() : "");
        if (topScores != null && !ended) {
            scores.add(TokenScores.of(logits, row, token, topScores, voice.spell()), more.length());
        }
        String shown = stops.append(more);
        if (last && !stops.met()) {
            shown += stops.finish();
        }
        reason = ended || stops.met() ? FinishReason.STOP : last ? FinishReason.LENGTH : null;
        return tell(shown);
    }

    private Optional<TextEvent.Delta> tell(String shown) {
        if (shown.isEmpty() && reason == null) {
            return Optional.empty();
        }
        List<TokenScores> complete = new ArrayList<>(scores.show(shown.length()));
        if (reason != null && !stops.met()) {
            complete.addAll(scores.rest());
        }
        if (shown.isEmpty() && complete.isEmpty()) {
            return Optional.empty();
        }
        var delta = new TextEvent.Delta(sequence.choice(), shown, generated - told, complete);
        told = generated;
        return Optional.of(delta);
    }
}
