package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Predictions of a simulated engine's queue, beside what came true. */
class PredictWaitTest {
    private static final ModelName MODEL = new ModelName("m");
    private static final int SLOTS = 4;
    private static final int JOBS = 2_000;

    /** Of an engine that does a unit of work in ten milliseconds. */
    private static final LongUnaryOperator CONSTANT = work -> 10 * work;

    private final PredictWait predict = new PredictWait();
    private final Random random = new Random(7);
    private final List<Wait> waits = new ArrayList<>();

    /** In milliseconds. */
    private record Wait(double predicted, double atLeast, double truth) {}

    private record Arrived(int number, long at) {}

    @Test
    @DisplayName(
            "R180: with an engine of constant speed, the predicted wait is at most 25 % off in the median")
    void thePredictionIsCloseToTheTruth() {
        simulate(CONSTANT);

        List<Double> errors =
                waits.stream()
                        .filter(wait -> wait.truth > 0)
                        .map(wait -> Math.abs(wait.predicted - wait.truth) / wait.truth)
                        .sorted()
                        .toList();
        assertThat(errors).hasSizeGreaterThan(JOBS / 2);
        assertThat(errors.get(errors.size() / 2)).isLessThan(0.25);
    }

    @Test
    @DisplayName("R181: the least wait of a job is no longer than the true one")
    void theLeastWaitIsNeverTooLong() {
        // Short jobs among a few long ones, which nothing tells apart
        simulate(work -> random.nextInt(20) == 0 ? 3_000 : 1 + work / 10);

        assertThat(waits)
                .allSatisfy(wait -> assertThat(wait.atLeast).isLessThanOrEqualTo(wait.truth + 1));
    }

    @Test
    @DisplayName(
            "R181: with an engine of constant speed, the least wait is more than half of the true one")
    void theLeastWaitIsNotFarFromTheTruth() {
        simulate(CONSTANT);

        assertThat(waits)
                .filteredOn(wait -> wait.truth > 10_000)
                .isNotEmpty()
                .allSatisfy(wait -> assertThat(wait.atLeast).isGreaterThan(wait.truth / 2));
    }

    @Test
    void nothingIsKnownBeforeTheFirstRunAndWithoutSlots() {
        assertThat(predict.of(MODEL, 100, SLOTS)).isEmpty();
        simulate(CONSTANT);
        assertThat(predict.of(MODEL, 100, 0)).isEmpty();
        assertThat(predict.atLeast(MODEL, Lane.NORMAL, "", 100, 0)).isEmpty();
    }

    /** Bursts of jobs at four slots. */
    private void simulate(LongUnaryOperator millis) {
        var queue = new ArrayDeque<Arrived>();
        var work = new HashMap<Integer, Long>();
        Map<Integer, Long> ends = new HashMap<>();
        var said = new HashMap<Integer, Optional<Duration>>();
        var least = new HashMap<Integer, Optional<Duration>>();
        int arrived = 0;
        int ended = 0;
        for (long now = 0; ended < JOBS; now++) {
            for (int job : List.copyOf(ends.keySet())) {
                if (ends.get(job) <= now) {
                    ends.remove(job);
                    predict.apply(finished(job), at(now));
                    ended++;
                }
            }
            while (ends.size() < SLOTS && !queue.isEmpty()) {
                Arrived next = queue.removeFirst();
                predict.apply(started(next.number), at(now));
                ends.put(next.number, now + Math.max(1, millis.applyAsLong(work.get(next.number))));
                if (said.get(next.number).isPresent() && least.get(next.number).isPresent()) {
                    waits.add(
                            new Wait(
                                    said.get(next.number).get().toMillis(),
                                    least.get(next.number).get().toMillis(),
                                    now - next.at));
                }
            }
            if (now % 20_000 == 0) {
                for (int burst = 0; burst < 100 && arrived < JOBS; burst++) {
                    said.put(arrived, predict.of(MODEL, 0, SLOTS));
                    least.put(arrived, predict.atLeast(MODEL, Lane.NORMAL, "", 0, SLOTS));
                    work.put(arrived, 10L + random.nextInt(190));
                    predict.apply(accepted(arrived, work.get(arrived)), at(now));
                    queue.add(new Arrived(arrived, now));
                    arrived++;
                }
            }
        }
    }

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }

    private static JobEvent accepted(int job, long work) {
        return new JobEvent.Accepted(
                id(job),
                MODEL,
                Lane.NORMAL,
                new InstanceId("i"),
                Instant.MAX,
                new Job.Origin("", 1, work));
    }

    private static JobEvent started(int job) {
        return new JobEvent.Started(
                id(job), MODEL, Lane.NORMAL, new ClaimId("c"), new WorkerId("w"), 1, 0, 0);
    }

    private static JobEvent finished(int job) {
        return new JobEvent.Finished(id(job), MODEL, Lane.NORMAL, new ClaimId("c"), TestQueue.DONE);
    }

    private static JobId id(int job) {
        return new JobId("j" + job);
    }
}
