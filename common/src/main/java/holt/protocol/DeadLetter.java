package holt.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job given up, on {@code holt.dead}.
 *
 * @param job null when its record could not be decoded
 * @param record the record's bytes as they came, in base64, when they could not be decoded
 * @param run how often it had been started with the last run; the earlier ones stand in the job
 * @param worker who ran it last, or found it unreadable; null if the broker gave it up
 * @param stackTrace of the last failure; it may be empty, and carries no prompt
 */
public record DeadLetter(
        @Nullable Job job,
        @Nullable String record,
        Failure reason,
        String message,
        int run,
        @Nullable WorkerId worker,
        Instant at,
        String stackTrace) {}
