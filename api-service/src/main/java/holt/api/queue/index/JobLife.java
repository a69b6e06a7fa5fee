package holt.api.queue.index;

import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/** The table of a job's life: which event leads from which status to which. docs/protocol.md shows it as a diagram. */
final class JobLife {
    /** A job's status before its first event. */
    static final JobStatus FIRST = JobStatus.QUEUED;

    private JobLife() {}

    /**
     * @return the status after the event, which may be the same; null if the job has ended, so that the event changes nothing
     */
    static @Nullable JobStatus after(JobStatus status, JobEvent event) {
        return switch (status) {
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> null;
            case QUEUED, RUNNING, WAITING_RETRY ->
                    switch (event) {
                        // A quick worker's Started may stand before them in the log.
                        case JobEvent.Claimed _, JobEvent.Accepted _ -> status;
                        case JobEvent.Started _ -> JobStatus.RUNNING;
                        case JobEvent.Retrying _ -> JobStatus.WAITING_RETRY;
                        case JobEvent.Requeued _ -> JobStatus.QUEUED;
                        case JobEvent.Finished finished -> ended(finished.outcome());
                    };
        };
    }

    /** Whether the job ended before any worker could have it. Its key then begins a new job. */
    static boolean neverRan(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> ending(failed.reason()) == Ending.NEVER_RAN;
            case Outcome.ChatCompleted _,
                    Outcome.ImagesCompleted _,
                    Outcome.Embedded _,
                    Outcome.Stored _,
                    Outcome.Cancelled _ ->
                    false;
        };
    }

    private static JobStatus ended(Outcome outcome) {
        return switch (outcome) {
            case Outcome.ChatCompleted _,
                    Outcome.ImagesCompleted _,
                    Outcome.Embedded _,
                    Outcome.Stored _ ->
                    JobStatus.COMPLETED;
            case Outcome.Cancelled _ -> JobStatus.CANCELLED;
            case Outcome.Failed failed ->
                    switch (ending(failed.reason())) {
                        case EXPIRED -> JobStatus.EXPIRED;
                        case FAILED, NEVER_RAN -> JobStatus.FAILED;
                    };
        };
    }

    private enum Ending {
        FAILED,
        EXPIRED,
        NEVER_RAN
    }

    private static Ending ending(Failure reason) {
        return switch (reason) {
            case TIMEOUT -> Ending.EXPIRED;
            case OVERLOADED -> Ending.NEVER_RAN;
            case MALFORMED_JSON,
                    BAD_REQUEST,
                    INVALID_VALUE,
                    UNSUPPORTED_PARAMETER,
                    UNSUPPORTED_MEDIA_TYPE,
                    MODEL_NOT_FOUND,
                    INVALID_MODEL_KIND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    RATE_LIMIT_EXCEEDED,
                    PAYLOAD_TOO_LARGE,
                    CONTEXT_LENGTH_EXCEEDED,
                    INVALID_IMAGE_URL,
                    INVALID_IMAGE,
                    WORKER_FAILED,
                    INVALID_API_KEY,
                    PERMISSION_DENIED,
                    IDEMPOTENCY_CONFLICT,
                    JOB_FINISHED,
                    JOB_NOT_FOUND,
                    HEADER_TOO_LARGE,
                    REQUEST_TIMEOUT,
                    STORAGE_UNAVAILABLE,
                    INSUFFICIENT_MEMORY,
                    RESULT_EXPIRED,
                    SERVER_ERROR ->
                    Ending.FAILED;
        };
    }
}
