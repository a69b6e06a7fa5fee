package holt.engine.text;

import holt.engine.decoder.Logits;
import holt.engine.text.constraint.ConstrainedText;
import holt.engine.text.sampling.Sampler;
import holt.engine.text.sampling.TokenScores;
import holt.engine.text.scheduling.Sequence;
import holt.engine.text.streaming.IncrementalDetokenizer;
import holt.engine.text.streaming.PendingScores;
import holt.engine.text.streaming.StopStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private final PendingScores scores = new PendingScores();
    private int generatedTokens;
    private int publishedTokens; // counted by earlier deltas
    private @Nullable FinishReason reason;

    /** @param contextLength the most tokens of prompt and completion together; the prompt is shorter */
    Completion(
            TextRequest request,
            Sequence sequence,
            long[] prompt,
            int contextLength,
            ChatTokenizer tokenizer,
            @Nullable ConstrainedText constrained) {
        this.sequence = sequence;
        this.limit = Math.min(request.maxTokens(), contextLength - prompt.length);
        this.tokenizer = tokenizer;
        this.sampler = new Sampler(request.sampling().forChoice(sequence.choice()), prompt);
        this.detokenizer = new IncrementalDetokenizer(tokenizer::decode);
        this.stops = new StopStrings(request.stop());
        this.constrained = constrained;
        this.topScores = request.topScores();
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

    /** Samples the next token from a row of the logits. Returns the text that is ready, if there is any. */
    Optional<TextEvent.Delta> append(Logits logits, int row) {
        int token =
                sampler.next(
                        logits,
                        row,
                        constrained == null ? null : constrained.allowed(limit - generatedTokens));
        sequence.append(token);
        generatedTokens++;
        boolean ended = tokenizer.endTokens().contains((long) token);
        boolean complete = !ended && constrained != null && completes(constrained, token);
        boolean last = ended || complete || generatedTokens == limit;

        String text = (ended ? "" : detokenizer.append(token)) + (last ? detokenizer.finish() : "");
        if (topScores != null && !ended) {
            scores.add(
                    TokenScores.of(logits, row, token, topScores, tokenizer::text), text.length());
        }
        String ready = stops.append(text);
        if (last && !stops.met()) {
            ready += stops.finish();
        }
        reason =
                ended || complete || stops.met()
                        ? FinishReason.STOP
                        : last ? FinishReason.LENGTH : null;
        return delta(ready);
    }

    private static boolean completes(ConstrainedText text, int token) {
        text.append(token);
        return text.hasEnded();
    }

    private Optional<TextEvent.Delta> delta(String text) {
        if (text.isEmpty() && reason == null) {
            return Optional.empty();
        }
        List<TokenScores> complete = new ArrayList<>(scores.publish(text.length()));
        if (reason != null && !stops.met()) {
            complete.addAll(scores.rest());
        }
        if (text.isEmpty() && complete.isEmpty()) {
            return Optional.empty();
        }
        int tokens = generatedTokens - publishedTokens;
        publishedTokens = generatedTokens;
        return Optional.of(new TextEvent.Delta(sequence.choice(), text, tokens, complete));
    }
}
