package holt.grammar.refusal;

/** The work that one constraint may still cost. It counts steps and not time, so a constraint is always or never refused. */
public final class Budget {
    /** Takes about 50 ms in a JVM that has just started. */
    private static final int STEPS = 1_500_000;

    private int left = STEPS;
    private String pointer = "";

    /** Names the part of the schema that later work is for. */
    public void enter(String part) {
        pointer = part;
    }

    /** The part of the schema that the work is for. */
    public String pointer() {
        return pointer;
    }

    /** @throws RefusedConstraintException if the work is more than what is left */
    public void spend(int steps) {
        left -= steps;
        if (steps < 0 || left < 0) {
            throw new RefusedConstraintException(
                    pointer, "too large: the constraint needs more work than its limit");
        }
    }
}
