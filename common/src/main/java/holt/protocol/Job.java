package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a queue topic carries it.
 *
 * @param attempt the number of its run, from 1. Each further run is the same job with the next number
 * @param created when an API instance accepted the job, on the broker's clock
 * @param deadline on the broker's clock. Retries keep it
 * @param earlierRuns oldest first
 * @param replayOf the dead job that this one repeats
 * @param needs what its model must be able to do
 * @param origin null in jobs of an older release whose callers needed no keys
 * @param asked null if nothing is unusual
 * @param trace of the client's request; null: none
 */
public record Job(
        JobId id,
        ModelName model,
        Lane lane,
        int attempt,
        Instant created,
        Instant deadline,
        ReplyAddress replyTo,
        List<EarlierRun> earlierRuns,
        @Nullable JobId replayOf,
        Payload payload,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Ability> needs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Origin origin,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Asked asked,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TraceContext trace)
        implements Versioned {

    /**
     * Who asked for the job.
     *
     * @param caller the team or the id of the caller's key; empty if callers need no keys
     * @param weight the caller's share beside other callers, above 0
     * @param work an estimate of the job's work, in tokens
     * @param key the id of the caller's key; null if an older API instance made the job
     */
    public record Origin(
            String caller,
            double weight,
            long work,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {
        public Origin {
            Objects.requireNonNull(caller);
            if (!(weight > 0)) {
                throw new IllegalArgumentException("the weight must be above 0");
            }
        }

        /** Whether its caller has a key. */
        public boolean hasCaller() {
            return !caller.isEmpty();
        }

        /** Of an unknown key. */
        public Origin(String caller, double weight, long work) {
            this(caller, weight, work, null);
        }
    }

    /**
     * A run without an outcome, which another attempt follows.
     *
     * @param worker null if the worker died
     * @param reason null if the worker handed the job back: it drained, or its engine turned the job away
     */
    public record EarlierRun(@Nullable WorkerId worker, Instant at, @Nullable Failure reason) {
        boolean crashed() {
            return worker == null;
        }

        boolean failed() {
            return reason != null;
        }

        boolean handedBack() {
            return worker != null && reason == null;
        }
    }

    public Job {
        // Without one of these, decoding fails.
        Stream.of(id, model, lane, created, deadline, replyTo, payload)
                .forEach(Objects::requireNonNull);
        earlierRuns = List.copyOf(earlierRuns);
        // A job of version 1 has none.
        needs = needs == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(needs));
    }

    /** A job that any model of its kind can run. */
    public Job(
            JobId id,
            ModelName model,
            Lane lane,
            int attempt,
            Instant created,
            Instant deadline,
            ReplyAddress replyTo,
            List<EarlierRun> earlierRuns,
            @Nullable JobId replayOf,
            Payload payload) {
        this(
                id,
                model,
                lane,
                attempt,
                created,
                deadline,
                replyTo,
                earlierRuns,
                replayOf,
                payload,
                Set.of(),
                null,
                null,
                null);
    }

    /** An older worker does not know what the job needs, and must not run it. */
    @Override
    public int version() {
        return needs.isEmpty() ? 1 : 2;
    }

    /** How many earlier runs ended with the death of their worker. */
    public int crashes() {
        return (int) earlierRuns.stream().filter(EarlierRun::crashed).count();
    }

    /** How many earlier runs failed, crashes included. */
    public int failures() {
        return (int) earlierRuns.stream().filter(EarlierRun::failed).count();
    }

    /** How many earlier runs ended because their worker handed the job back. */
    public int handBacks() {
        return (int) earlierRuns.stream().filter(EarlierRun::handedBack).count();
    }

    /** The team or the id of the caller's key; null if callers need no keys. */
    public @Nullable String caller() {
        return origin != null && origin.hasCaller() ? origin.caller() : null;
    }

    /** The same job after a run without an outcome. */
    public Job nextAttempt(EarlierRun run) {
        var runs = new ArrayList<>(earlierRuns);
        runs.add(run);
        return new Job(
                id,
                model,
                lane,
                attempt + 1,
                created,
                deadline,
                replyTo,
                runs,
                replayOf,
                payload,
                needs,
                origin,
                asked,
                trace);
    }

    /** A new job that repeats this dead one, for nobody who waits. A form in the object store is gone by then. */
    public Job replay(JobId newId, Instant now, Instant newDeadline, ReplyAddress nobody) {
        return new Job(
                newId,
                model,
                lane,
                1,
                now,
                newDeadline,
                nobody,
                List.of(),
                id,
                payload,
                needs,
                origin,
                asked == null ? null : asked.withoutStoredForm(),
                null);
    }

    /** The same job with its task elsewhere. */
    public Job withPayload(Payload other) {
        return new Job(
                id,
                model,
                lane,
                attempt,
                created,
                deadline,
                replyTo,
                earlierRuns,
                replayOf,
                other,
                needs,
                origin,
                asked,
                trace);
    }
}
