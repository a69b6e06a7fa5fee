package holt.api.queue.index;

import holt.protocol.Failure;
import holt.protocol.JobEvent;
import holt.protocol.Outcome;
import java.util.Locale;

/** Where a job is in its life. */
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

    /** Whether nothing more will happen. */
    public boolean isEnd() {
        return switch (this) {
            case QUEUED, RUNNING, WAITING_RETRY -> false;
            case COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
        };
    }

    /** The status that the event leads to. */
    static JobStatus after(JobEvent event) {
        return switch (event) {
            case JobEvent.Claimed _, JobEvent.Accepted _ -> QUEUED;
            case JobEvent.Started _ -> RUNNING;
            case JobEvent.Retrying _ -> WAITING_RETRY;
            case JobEvent.Finished finished ->
                    switch (finished.outcome()) {
                        case Outcome.ChatCompleted _, Outcome.ImagesCompleted _, Outcome.Stored _ ->
                                COMPLETED;
                        case Outcome.Cancelled _ -> CANCELLED;
                        case Outcome.Failed failed ->
                                failed.reason() == Failure.TIMEOUT ? EXPIRED : FAILED;
                    };
        };
    }
}
