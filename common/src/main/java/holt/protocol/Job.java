package holt.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record of a queue topic: one request, to be run once.
 *
 * @param attempt 1 for the first; a retry is the same job with the next number
 * @param created when it was accepted, on the broker's clock
 * @param deadline when nobody waits any more, on the broker's clock; kept over retries
 * @param failedRuns those that failed before, oldest first
 * @param replayOf the dead job that this one repeats
 */
public record Job(
        JobId id,
        ModelName model,
        Lane lane,
        int attempt,
        Instant created,
        Instant deadline,
        ReplyAddress replyTo,
        List<FailedRun> failedRuns,
        @Nullable JobId replayOf,
        Payload payload) {

    /**
     * A run that another attempt follows.
     *
     * @param worker null where it died before it could say so, and the broker gave the record up
     */
    public record FailedRun(@Nullable WorkerId worker, int run, Instant at, Failure reason) {
        boolean endedItsWorker() {
            return worker == null;
        }
    }

    public Job {
        // A record that lacks one of them is no job, and is found out where it is read.
        Stream.of(id, model, lane, created, deadline, replyTo, payload)
                .forEach(Objects::requireNonNull);
        failedRuns = List.copyOf(failedRuns);
    }

    /** Earlier attempts under which the workers ended. */
    public int attemptsThatEndedWorkers() {
        return (int) failedRuns.stream().filter(FailedRun::endedItsWorker).count();
    }

    /** The same job after a failed run. */
    public Job nextAttempt(FailedRun failed) {
        var runs = new ArrayList<>(failedRuns);
        runs.add(failed);
        return new Job(
                id, model, lane, attempt + 1, created, deadline, replyTo, runs, replayOf, payload);
    }
}
