package holt.api.queue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** How many seconds the newest runs of a model took for a unit of work. Not thread-safe. */
final class Pace {
    private static final int RUNS = 64;

    /** Fewer runs do not show how fast a run can be. */
    private static final int ENOUGH = 16;

    private final double[] seconds = new double[RUNS];
    private final double[] work = new double[RUNS];
    private int runs;

    /** A run has ended. */
    void add(double took, long did) {
        seconds[runs % RUNS] = took;
        work[runs % RUNS] = did;
        runs++;
    }

    /** Of these runs together; empty if there are none. */
    Optional<Double> mean() {
        return runs == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(seconds).sum() / Arrays.stream(work).sum());
    }

    /** The most work of one of these runs. */
    double largest() {
        return Arrays.stream(work).max().orElse(0);
    }

    /** Of the fastest of these runs; empty while there are few. */
    Optional<Double> fastest() {
        return runs < ENOUGH
                ? Optional.empty()
                : Optional.of(
                        IntStream.range(0, Math.min(runs, RUNS))
                                .mapToDouble(run -> seconds[run] / work[run])
                                .min()
                                .orElseThrow());
    }
}
