package holt.api.queue;

import holt.api.keys.Caller;
import holt.api.queue.index.RequestKey;
import holt.protocol.Asked;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Task;
import holt.protocol.TraceContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A valid and complete request.
 *
 * @param timeout from now to the job's deadline
 * @param key requests with the same key are one job; null if each request is a job of its own
 * @param outlives whether the job goes on when its client leaves; a job with a key always does
 * @param asked null if nothing is unusual
 * @param trace of the client's request; null: none
 */
public record NewJob(
        KnownModel model,
        Lane lane,
        Task task,
        Duration timeout,
        @Nullable RequestKey key,
        Caller caller,
        boolean outlives,
        @Nullable Asked asked,
        @Nullable TraceContext trace) {

    boolean outlivesClient() {
        return outlives || key != null;
    }

    boolean isStream() {
        return switch (task) {
            case Task.Chat chat -> chat.stream();
            case Task.Complete complete -> complete.stream();
            case Task.Images _, Task.Embed _ -> false;
        };
    }

    /** The same job with at most that time-out. */
    NewJob within(Duration longest) {
        return timeout.compareTo(longest) <= 0
                ? this
                : new NewJob(model, lane, task, longest, key, caller, outlives, asked, trace);
    }
}
