package holt.engine.template.value;

/**
 * What one render may cost. A template comes with a downloaded model, so it may loop for ever, double a string until the
 * memory is gone or call itself; each of these ends here in an {@link EvaluationError}.
 */
public final class Budget {
    /** In characters written or copied; list items and evaluated nodes count as several. About a second, some 100 MB. */
    private static final long LIMIT = 1L << 26;

    /** What one item of a list or a mapping costs. */
    public static final int ITEM = 8;

    private static final int NODE = 4;
    private static final int MAX_DEPTH = 300;

    private long spent;
    private int depth;

    public void spend(long units) {
        spent += units;
        if (spent > LIMIT || spent < 0) {
            throw new EvaluationError("the template does too much work");
        }
    }

    /** Opens a level of nesting and counts one node; every call is paired with {@link #exit}, but for a render that ends in an error. */
    public void enter() {
        spend(NODE);
        depth++;
        if (depth > MAX_DEPTH) {
            throw new EvaluationError("the template is nested too deeply");
        }
    }

    public void exit() {
        depth--;
    }
}
