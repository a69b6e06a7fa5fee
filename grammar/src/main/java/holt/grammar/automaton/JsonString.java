package holt.grammar.automaton;

import static holt.grammar.automaton.JsonCharacters.BODY;
import static holt.grammar.automaton.JsonCharacters.END;

/** A JSON string with a number of characters within bounds. The state has the count above the state of {@link JsonCharacters}. */
public final class JsonString implements Lexeme {
    /** In place of the most characters: without a bound. */
    public static final int UNBOUNDED = -1;

    /** No bound may be larger. */
    public static final int MOST = 10_000_000;

    private static final int SHIFT = 5;
    private static final int MASK = (1 << SHIFT) - 1;
    private static final JsonString COUNTING = new JsonString(0, UNBOUNDED, MOST);
    private static final int FILLER = 'a';

    private final int least;
    private final int most;
    private final int counted; // a greater count makes no difference

    /** @param most {@link #UNBOUNDED} = any number */
    public JsonString(int least, int most) {
        this(least, most, most == UNBOUNDED ? least : most);
    }

    private JsonString(int least, int most, int counted) {
        this.least = least;
        this.most = most;
        this.counted = counted;
    }

    @Override
    public int step(int state, int octet) {
        int from = state & MASK;
        int to = JsonCharacters.next(from, octet);
        int count = state >> SHIFT;
        return to == REJECT ? REJECT : allowed(to, to == BODY && from != START ? count + 1 : count);
    }

    /** The state with a count; a character that has begun must still fit. */
    private int allowed(int to, int count) {
        boolean fits =
                most == UNBOUNDED
                        || count < most
                        || (count == most && (to == BODY || to == END || to == START));
        return fits && (to != END || count >= least)
                ? Math.min(count, counted) << SHIFT | to
                : REJECT;
    }

    @Override
    public boolean accepts(int state) {
        return (state & MASK) == END;
    }

    @Override
    public boolean canGoOn(int state) {
        return !accepts(state);
    }

    @Override
    public int distance(int state) {
        int at = state & MASK;
        if (at == END) {
            return 0;
        }
        int begun = at == BODY || at == START ? 0 : 1; // the character that is under way counts
        return JsonCharacters.distance(at) + Math.max(0, least - (state >> SHIFT) - begun) + 1;
    }

    @Override
    public int nearer(int state) {
        int at = state & MASK;
        if (at == BODY) {
            return state >> SHIFT < least ? FILLER : '"';
        }
        return JsonCharacters.nearer(at);
    }

    @Override
    public Lexeme paths() {
        return COUNTING;
    }

    @Override
    public int pathStart(int state) {
        return state & MASK;
    }

    @Override
    public int follow(int state, int path) {
        return path == REJECT ? REJECT : allowed(path & MASK, (state >> SHIFT) + (path >> SHIFT));
    }

    @Override
    public boolean endsByItself() {
        return true;
    }
}
