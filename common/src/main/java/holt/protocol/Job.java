package holt.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a queue topic carries it.
 *
 * @param attempt counts from 1. A retry is the same job with the next number
 * @param created when an API instance accepted the job, on the broker's clock
 * @param deadline on the broker's clock. Retries keep it
 * @param failedRuns earlier runs, oldest first
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
     * A failed run that another attempt follows.
     *
     * @param worker null if the worker died and the broker gave up the record
     */
    public record FailedRun(@Nullable WorkerId worker, int run, Instant at, Failure reason) {
        boolean endedItsWorker() {
            return worker == null;
        }
    }

    public Job {
        // Without one of these, decoding fails.
        Stream.of(id, model, lane, created, deadline, replyTo, payload)
                .forEach(Objects::requireNonNull);
        failedRuns = List.copyOf(failedRuns);
    }

    /** How many earlier attempts ended with the death of their worker. */
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

    /** The same job with its task elsewhere. */
    public Job withPayload(Payload other) {
        return new Job(
                id, model, lane, attempt, created, deadline, replyTo, failedRuns, replayOf, other);
    }
}
