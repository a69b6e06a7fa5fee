package holt.engine.text;

import holt.engine.decoder.Logits;
import holt.engine.text.sampling.TokenScores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The prompt as the beginning of each completion, with the scores of its tokens. Only the engine's thread uses it. */
final class PromptEcho {
    private final String text;
    private final long[] tokens;
    private final @Nullable Integer topScores;
    private final ChatTokenizer tokenizer;
    private final List<TokenScores> scores = new ArrayList<>();

    /** @param topScores null = no scores */
    PromptEcho(String text, long[] tokens, @Nullable Integer topScores, ChatTokenizer tokenizer) {
        this.text = text;
        this.tokens = tokens;
        this.topScores = topScores;
        this.tokenizer = tokenizer;
        if (topScores != null) {
            // Nothing comes before the first token, so nothing predicts it.
            scores.add(
                    new TokenScores(
                            new TokenScores.ScoredToken(tokenizer.text(tokens[0]), 0), List.of()));
        }
    }

    /** Whether the model must read each token of the prompt for this request. */
    boolean wantsScores() {
        return topScores != null;
    }

    /** Scores the token after a position of the prompt, by the logits of that position. */
    void score(int position, Logits logits, int row) {
        if (topScores != null && position + 1 < tokens.length) {
            scores.add(
                    TokenScores.of(
                            logits, row, (int) tokens[position + 1], topScores, tokenizer::text));
        }
    }

    /** The beginning of a completion. Call it once the prompt has been read. */
    TextEvent.Delta delta(int choice) {
        return new TextEvent.Delta(choice, text, 0, List.copyOf(scores));
    }
}
