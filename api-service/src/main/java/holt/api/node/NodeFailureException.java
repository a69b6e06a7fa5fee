package holt.api.node;

/** A node did not do what it was asked. The message is for people and holds no URL of ours. */
final class NodeFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What to do next. */
    enum Kind {
        /** No answer, so nothing else need be asked now. */
        AWAY,
        /** An answer that is no success, or makes no sense: to be tried again. */
        FAILED,
        /** The request was wrong, and will be wrong again. */
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
