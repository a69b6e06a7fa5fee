package holt.standalone.hub;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Waits between requests that fail: a second longer after each failure in a row, or as long as the hub's Retry-After says. */
final class RetryHub {
    static final int FAILURES_IN_A_ROW = 5;

    /** Four such waits are longer than the five minutes after which huggingface.co counts anew. */
    static final Duration LONGEST = Duration.ofSeconds(90);

    private static final Duration STEP = Duration.ofSeconds(1);

    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    interface Question<T> {
        T ask() throws HubBusyException;
    }

    private final Pause pause;

    RetryHub(Pause pause) {
        this.pause = pause;
    }

    /**
     * Asks until the hub is not busy.
     *
     * @param what is asked for, for the message
     * @throws HubException if the hub stays busy
     */
    <T> T ask(String what, Question<T> question) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return question.ask();
            } catch (HubBusyException e) {
                if (failures == FAILURES_IN_A_ROW) {
                    throw new HubException(
                            "the hub answers %s for %s. Try again later"
                                    .formatted(e.getMessage(), what),
                            e);
                }
                pause(failures, e);
            }
        }
    }

    /** @param failures in a row, this one included */
    void pause(int failures, IOException failure) throws InterruptedException {
        Duration own = STEP.multipliedBy(failures);
        Duration wanted =
                failure instanceof HubBusyException busy ? busy.retryAfter() : Duration.ZERO;
        pause.sleep(wanted.compareTo(own) > 0 ? wanted : own);
    }

    /** Reads the header Retry-After: seconds or a date. At most {@link #LONGEST}; zero if it is missing, unreadable or past. */
    static Duration after(@Nullable String header, Instant now) {
        String said = header == null ? "" : header.strip();
        if (said.matches("[0-9]+")) {
            return said.length() > 9
                    ? LONGEST
                    : withinLimits(Duration.ofSeconds(Long.parseLong(said)));
        }
        try {
            Instant then =
                    ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return withinLimits(Duration.between(now, then));
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    private static Duration withinLimits(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
