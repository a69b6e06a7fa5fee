package holt.api.queue.index;

import java.util.Locale;

/** A job's status, as {@code GET /v1/jobs/{id}} shows it. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    WAITING_RETRY,
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED;

    /** The status in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the job has its outcome. */
    public boolean isEnd() {
        return switch (this) {
            case QUEUED, RUNNING, WAITING_RETRY -> false;
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
        };
    }
}
