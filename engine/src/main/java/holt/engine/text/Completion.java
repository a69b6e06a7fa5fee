package holt.engine.text;

import holt.engine.decoder.Logits;
import holt.engine.text.constraint.ConstrainedText;
import holt.engine.text.sampling.Sampler;
import holt.engine.text.sampling.TokenScores;
import holt.engine.text.scheduling.Sequence;
import holt.engine.text.streaming.DecodeWithMarkers;
import holt.engine.text.streaming.IncrementalDetokenizer;
import holt.engine.text.streaming.PendingScores;
import holt.engine.text.streaming.StopStrings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of a request's completions in progress: its tokens and their text. Only the engine's thread uses it. */
final class Completion {
    private final Sequence sequence;
    private final int limit; // of generated tokens
    private final ChatTokenizer tokenizer;
    private final Sampler sampler;
    private final IncrementalDetokenizer detokenizer;
    private final StopStrings stops;
    private final @Nullable ConstrainedText constrained;
    private final @Nullable Integer topScores;
    private final boolean raw;
    private final PendingScores scores = new PendingScores();
    private final CompletionEvents events;
    private int generatedTokens;
    private @Nullable FinishReason reason;

    /** @param contextLength the most tokens of prompt and completion together; the prompt is shorter */
    Completion(
            TextRequest request,
            Sequence sequence,
            EncodedPrompt prompt,
            int contextLength,
            ChatTokenizer tokenizer,
            @Nullable ConstrainedText constrained) {
        boolean calls = !ChatInput.of(request).functions().isEmpty();
        this.sequence = sequence;
        this.limit = Math.min(request.maxTokens(), contextLength - prompt.tokens().length);
        this.tokenizer = tokenizer;
        this.sampler =
                new Sampler(request.sampling().forChoice(sequence.choice()), prompt.tokens());
        this.detokenizer =
                new IncrementalDetokenizer(
                        new DecodeWithMarkers(
                                tokenizer::decode,
                                request.raw() == null ? tokenizer.markers(calls) : Map.of()));
        this.stops = new StopStrings(request.stop());
        this.constrained = constrained;
        this.topScores = request.topScores();
        this.raw = request.raw() != null;
        this.events =
                new CompletionEvents(
                        request,
                        sequence.choice(),
                        request.raw() == null ? tokenizer.format() : tokenizer.format().plain(),
                        // A constraint holds from the first token on.
                        prompt.thinking() && constrained == null,
                        scores);
    }

    Sequence sequence() {
        return sequence;
    }

    int generatedTokens() {
        return generatedTokens;
    }

    boolean hasEnded() {
        return reason != null;
    }

    /** Why it ended. Call it only then. */
    FinishReason reason() {
        return Objects.requireNonNull(reason);
    }

    /** Samples the next token from a row of the logits. Returns what is ready. */
    List<TextEvent> append(Logits logits, int row) {
        if (limit == 0) {
            reason = FinishReason.LENGTH;
            return List.of();
        }
        int token =
                sampler.next(
                        logits,
                        row,
                        constrained == null ? null : constrained.allowed(limit - generatedTokens));
        sequence.append(token);
        generatedTokens++;
        events.countToken();
        boolean ended = tokenizer.endTokens().contains((long) token);
        boolean complete = !ended && constrained != null && completes(constrained, token);
        boolean last = ended || complete || generatedTokens == limit;

        String text = (ended ? "" : detokenizer.append(token)) + (last ? detokenizer.finish() : "");
        if (topScores != null && (!ended || raw)) {
            scores.add(
                    TokenScores.of(logits, row, token, topScores, tokenizer::text), text.length());
        }
        String ready = stops.append(text);
        if (last && !stops.met()) {
            ready += stops.finish();
        }
        List<TextEvent> published =
                last || stops.met() ? events.finish(ready, stops.met()) : events.append(ready);
        if (ended || complete || stops.met()) {
            reason = events.hasCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        } else if (last) {
            reason = FinishReason.LENGTH;
        }
        return published;
    }

    /** Ends it with what it has. Returns what is ready. */
    List<TextEvent> cutShort() {
        String ready = stops.append(detokenizer.finish()) + stops.finish();
        reason = stops.met() ? FinishReason.STOP : FinishReason.LENGTH;
        return events.finish(ready, stops.met());
    }

    private static boolean completes(ConstrainedText text, int token) {
        text.append(token);
        return text.hasEnded();
    }
}
