package holt.grammar.refusal;

/** A constraint is invalid, unsupported or too large. The message is for the client. */
public final class RefusedConstraintException extends RuntimeException {
    private final String pointer;
    private final String reason;

    /**
     * @param pointer the JSON pointer of the refused part of a schema; empty for the whole, or without a schema
     * @param reason names the keyword or the rule
     */
    public RefusedConstraintException(String pointer, String reason) {
        super(pointer.isEmpty() ? reason : "#" + pointer + ": " + reason);
        this.pointer = pointer;
        this.reason = reason;
    }

    /** The JSON pointer of the refused part; empty for the whole. */
    public String pointer() {
        return pointer;
    }

    /** The message without the pointer. */
    public String reason() {
        return reason;
    }
}
