package holt.api.queue.index;

/**
 * The store of jobs cannot be read or written. An error, so that the fold ends and with it the process: to go on without an event would
 * falsify the index. The next start tries the store again, or folds the log anew.
 */
public final class StoreBrokenError extends Error {
    private static final long serialVersionUID = 1L;

    public StoreBrokenError(String message, Throwable cause) {
        super(message, cause);
    }
}
