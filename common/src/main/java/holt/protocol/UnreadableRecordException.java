package holt.protocol;

import org.jspecify.annotations.Nullable;

/** A record's value is not what its topic carries. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean future;

    private UnreadableRecordException(String message, boolean future, @Nullable Throwable cause) {
        super(message, cause);
        this.future = future;
    }

    static UnreadableRecordException future(int version) {
        return new UnreadableRecordException(
                "protocol version " + version + " is newer than " + Codec.VERSION, true, null);
    }

    static UnreadableRecordException broken(String why, @Nullable Throwable cause) {
        return new UnreadableRecordException(why, false, cause);
    }

    /** Whether a newer release wrote it: to be kept for a worker that can read it, not to be given up. */
    public boolean future() {
        return future;
    }
}
