package holt.api.http.tomcat;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of a request's whole header, counted from its first read. Tomcat's own time-out starts again with every byte.
 *
 * <p>One processor serves many connections, one after the other. A connection that Tomcat has closed leaves its time behind, so the
 * deadline remembers to which connection the time belongs.
 */
final class HeaderDeadline {
    private final long limitNanos;
    private final LongSupplier nanoTime;
    private @Nullable Object connection;
    private long since;

    HeaderDeadline(Duration limit, LongSupplier nanoTime) {
        limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Call after each read. Returns whether the header has taken too long.
     *
     * @param incomplete whether part of the header is still missing
     */
    boolean isPast(Object current, boolean incomplete) {
        if (!incomplete) {
            connection = null;
        } else if (!current.equals(connection)) {
            connection = current;
            since = nanoTime.getAsLong();
        } else if (nanoTime.getAsLong() - since > limitNanos) {
            connection = null;
            return true;
        }
        return false;
    }
}
