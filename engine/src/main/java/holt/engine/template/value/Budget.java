package holt.engine.template.value;

/**
 * Limits the work of one render. Templates come with downloaded models: they may loop forever, fill the memory or recurse.
 * Each of these ends in an {@link EvaluationError}.
 */
public final class Budget {
    /** In characters written or copied; list items and evaluated nodes count several. About a second or 100 MB. */
    private static final long LIMIT = 1L << 26;

    /** The cost of one item of a list or a mapping. */
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

    /** Opens a level of nesting and counts one node. {@link #exit} closes it, unless the render fails. */
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
