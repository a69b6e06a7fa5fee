package holt.engine.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps the scores of tokens until the whole of their text is shown, so that nothing of a stop text gets out by them. */
final class HeldScores {
    private final List<TokenScores> silent = new ArrayList<>(); // of tokens that are no text yet
    private final Deque<Held> held = new ArrayDeque<>();
    private int read; // characters that tokens came to
    private int shown;

    private record Held(TokenScores scores, int end) {}

    /** @param characters that came to light with the token: its own, and those that earlier ones had begun */
    void add(TokenScores scores, int characters) {
        silent.add(scores);
        read += characters;
        if (characters > 0) {
            silent.forEach(each -> held.add(new Held(each, read)));
            silent.clear();
        }
    }

    /** The scores of the tokens that are shown with so many more characters. */
    List<TokenScores> show(int characters) {
        shown += characters;
        List<TokenScores> scores = new ArrayList<>();
        while (!held.isEmpty() && held.getFirst().end <= shown) {
            scores.add(held.removeFirst().scores);
        }
        return scores;
    }

    /** The scores of tokens that never became text, now that nothing follows. */
    List<TokenScores> rest() {
        return List.copyOf(silent);
    }
}
