package holt.engine.text.streaming;

import holt.engine.text.sampling.TokenScores;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Holds back the scores of tokens until all of their text is published. So scores never reveal a stop string. */
public final class PendingScores {
    private final List<TokenScores> withoutText =
            new ArrayList<>(); // of tokens whose text is incomplete
    private final Deque<Pending> pending = new ArrayDeque<>();
    private int decoded; // characters
    private int published; // characters

    private record Pending(TokenScores scores, int end) {}

    /** @param characters the length of the text that the token completed */
    public void add(TokenScores scores, int characters) {
        withoutText.add(scores);
        decoded += characters;
        if (characters > 0) {
            withoutText.forEach(each -> pending.add(new Pending(each, decoded)));
            withoutText.clear();
        }
    }

    /** The scores of the tokens whose text ends within the next {@code characters} published ones. */
    public List<TokenScores> publish(int characters) {
        published += characters;
        List<TokenScores> scores = new ArrayList<>();
        while (!pending.isEmpty() && pending.getFirst().end <= published) {
            scores.add(pending.removeFirst().scores);
        }
        return scores;
    }

    /** The scores of tokens without text, when no more tokens follow. */
    public List<TokenScores> rest() {
        return List.copyOf(withoutText);
    }
}
