package holt.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job given up, on {@code holt.dead}.
 *
 * @param job null when its record could not be decoded
 * @param record the record's bytes as they came, in base64, when they could not be decoded
 * @param runs how often it was started
 * @param workers who ran it last, oldest first
 * @param stackTrace of the last failure; it may be empty, and carries no prompt
 */
public record DeadLetter(
        @Nullable Job job,
        @Nullable String record,
        Failure reason,
        String message,
        int runs,
        List<WorkerId> workers,
        Instant at,
        String stackTrace) {
    public DeadLetter {
        workers = List.copyOf(workers);
    }
}
