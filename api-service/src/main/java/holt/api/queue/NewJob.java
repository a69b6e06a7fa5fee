package holt.api.queue;

import holt.api.queue.index.RequestKey;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request past the door: valid and complete.
 *
 * @param timeout after which the client is told that the deadline has passed
 * @param key under which the same request may come again; null: each time is a job of its own
 * @param outlives whether the job goes on when its client leaves; one with a key always does
 */
public record NewJob(
        KnownModel model,
        Lane lane,
        Task task,
        Duration timeout,
        @Nullable RequestKey key,
        boolean outlives) {

    /** A job that ends with its client's connection. */
    public NewJob(KnownModel model, Lane lane, Task task, Duration timeout) {
        this(model, lane, task, timeout, null, false);
    }

    /** The same, with a deadline that is not later than that. */
    NewJob within(Duration longest) {
        return timeout.compareTo(longest) <= 0
                ? this
                : new NewJob(model, lane, task, longest, key, outlives);
    }
}
