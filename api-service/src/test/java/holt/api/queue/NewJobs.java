package holt.api.queue;

import holt.api.keys.Caller;
import holt.api.queue.index.RequestKey;
import holt.protocol.Asked;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** New jobs outside of any trace, for tests. */
public final class NewJobs {
    private NewJobs() {}

    /** A job that ends with its client's connection. */
    public static NewJob of(KnownModel model, Lane lane, Task task, Duration timeout) {
        return of(model, lane, task, timeout, null, Caller.ANYBODY, false);
    }

    /** A job whose client asked in the usual form. */
    public static NewJob of(
            KnownModel model,
            Lane lane,
            Task task,
            Duration timeout,
            @Nullable RequestKey key,
            Caller caller,
            boolean outlives) {
        return of(model, lane, task, timeout, key, caller, outlives, null);
    }

    static NewJob of(
            KnownModel model,
            Lane lane,
            Task task,
            Duration timeout,
            @Nullable RequestKey key,
            Caller caller,
            boolean outlives,
            @Nullable Asked asked) {
        return new NewJob(model, lane, task, timeout, key, caller, outlives, asked, null);
    }
}
