package holt.protocol;

import org.jspecify.annotations.Nullable;

/** A record's value is no message that its topic carries. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean future;

    private UnreadableRecordException(String message, boolean future, @Nullable Throwable cause) {
        super(message, cause);
        this.future = future;
    }

    static UnreadableRecordException future(int version, int newestKnown) {
        return new UnreadableRecordException(
                "protocol version " + version + " is newer than " + newestKnown, true, null);
    }

    static UnreadableRecordException broken(String why, @Nullable Throwable cause) {
        return new UnreadableRecordException(why, false, cause);
    }

    /** Whether a newer release wrote the record. Then a newer worker can still read it. */
    public boolean future() {
        return future;
    }
}
