package holt.api.node;

/** A call to a node failed. The message is the reason, without any of our URLs. */
final class NodeFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Decides what happens next. */
    enum Kind {
        /** The node gives no answer. Further calls must wait. */
        AWAY,
        /** The answer is no success, or cannot be read. A retry may help. */
        FAILED,
        /** The node refuses the request, and will refuse it again. */
        REFUSED
    }

    NodeFailureException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
