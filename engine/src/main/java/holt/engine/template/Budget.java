package holt.engine.template;

/**
 * What one render may cost. A template comes with a downloaded model, so it may loop for ever, double a string until the
 * memory is gone or call itself; each of these ends here in an {@link EvaluationError}.
 */
final class Budget {
    /** Characters written or copied, list items, and evaluated nodes times {@link #NODE}: seconds and some 100 MB at most. */
    private static final long LIMIT = 1L << 28;

    private static final int NODE = 16;
    private static final int MAX_DEPTH = 600;

    private long spent;
    private int depth;

    void spend(long units) {
        spent += units;
        if (spent > LIMIT || spent < 0) {
            throw new EvaluationError("the template does too much work");
        }
    }

    /** Opens a level of nesting and counts one node; every call is paired with {@link #exit}. */
    void enter() {
        spend(NODE);
        depth++;
        if (depth > MAX_DEPTH) {
            throw new EvaluationError("the template is nested too deeply");
        }
    }

    void exit() {
        depth--;
    }
}
