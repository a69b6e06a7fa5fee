package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LaneSharesTest {
    private static final SortedSet<Lane> ALL = new TreeSet<>(List.of(Lane.values()));
    private static final SortedSet<Lane> LOWER = ALL.tailSet(Lane.NORMAL);
    private static final SortedSet<Lane> BATCH = ALL.tailSet(Lane.BATCH);

    private final LaneShares shares = new LaneShares(0.05);

    @Test
    @DisplayName(
            "R10: while higher lanes wait, batch gets its least share of the work, whatever the sizes of its jobs")
    void batchGetsItsShare() {
        Map<Lane, Long> work = serve(100_000, new Random(7), Map.of(Lane.BATCH, 5_000));

        double all = work.values().stream().mapToLong(each -> each).sum();
        assertThat(work.get(Lane.BATCH) / all).isCloseTo(0.05, Offset.offset(0.002));
        assertThat(work.get(Lane.NORMAL) / all).isCloseTo(0.0475, Offset.offset(0.002));
    }

    @Test
    @DisplayName("R10: a high job waits for one job of each lower lane at most")
    void aHighJobWaitsForOneOfEach() {
        int lower = 0;
        for (int i = 0; i < 1_000; i++) {
            Lane lane = take(ALL, 10);
            lower = lane == Lane.HIGH ? 0 : lower + 1;

            assertThat(lower).isLessThanOrEqualTo(2);
        }
    }

    @Test
    @DisplayName("R10: batch takes what no other lane wants, and owes nothing for it")
    void idleSlotsAreFree() {
        for (int i = 0; i < 100; i++) {
            assertThat(take(BATCH, 1_000)).isEqualTo(Lane.BATCH);
        }

        assertThat(take(LOWER, 10)).isEqualTo(Lane.NORMAL);
        assertThat(take(LOWER, 10)).isEqualTo(Lane.BATCH);
    }

    @Test
    void aLaneThatComesBackStillOwesWhatItHadTooMuch() {
        take(LOWER, 10);
        assertThat(take(LOWER, 1_000)).isEqualTo(Lane.BATCH);
        SortedSet<Lane> normal = new TreeSet<>(List.of(Lane.NORMAL));
        for (int i = 0; i < 50; i++) {
            take(normal, 10);
        }

        assertThat(take(LOWER, 10)).isEqualTo(Lane.NORMAL);
        assertThat(take(LOWER, 10)).isEqualTo(Lane.NORMAL);
    }

    private Lane take(SortedSet<Lane> waiting, long work) {
        Lane lane = shares.next(waiting);
        shares.serve(lane, work, waiting);
        return lane;
    }

    /** The work of each lane. A job has up to 100 tokens, or what its lane says. */
    private Map<Lane, Long> serve(int jobs, Random random, Map<Lane, Integer> most) {
        var work = new EnumMap<Lane, Long>(Lane.class);
        for (int i = 0; i < jobs; i++) {
            Lane lane = shares.next(ALL);
            long size = 1 + random.nextInt(most.getOrDefault(lane, 100));
            shares.serve(lane, size, ALL);
            work.merge(lane, size, Long::sum);
        }
        return work;
    }
}
