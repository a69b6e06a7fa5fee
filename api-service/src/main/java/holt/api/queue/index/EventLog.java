package holt.api.queue.index;

import org.jspecify.annotations.Nullable;

/** Reads single records of {@code holt.events}. */
@FunctionalInterface
public interface EventLog {
    /**
     * The record's value; null if the broker does not give it in time.
     *
     * @throws RecordGoneException if the log no longer has it
     */
    byte @Nullable [] read(EventPlace place);
}
