package holt.api.queue.placement;

import static holt.api.queue.placement.TestPlacement.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Simulations of several instances. */
class ShareLinesTest {
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(10);

    /** Of all jobs before they run. Their outcomes tell a hundred and one. */
    private static final long ESTIMATE = 500;

    private static final Consumer<Instant> NOBODY = _ -> {};

    @Test
    @DisplayName("R176: while no jobs wait, no instance writes anything, and jobs go at once")
    void anIdleSystemPaysNothing() {
        var all = new TestLines(4, 8);
        for (int i = 0; i < 4; i++) {
            all.instances.get(i).add("a", 1, SHORT, NOBODY);
            all.pass(Duration.ofMillis(1));
            assertThat(all.running(all.instances.get(i))).isEqualTo(1);
            all.pass(LONG);
        }

        assertThat(all.messages).isZero();
    }

    @Test
    @DisplayName("R177: one busy instance beside seven idle ones gets at least 95 % of all slots")
    void oneBusyInstanceGetsAllSlots() {
        var all = new TestLines(8, 16);
        TestLines.Instance busy = all.instances.get(5);
        for (int i = 0; i < 2_000; i++) {
            busy.add("a", 1, Duration.ofMillis(200), NOBODY);
        }

        all.pass(Duration.ofSeconds(20));

        assertThat(all.utilization()).isGreaterThan(0.95);
        assertThat(all.messages / 20).as("messages a second").isLessThan(20);
    }

    @Test
    @DisplayName("R178: callers of several instances share by work")
    void callersOfTwoInstancesShareByWork() {
        var all = new TestLines(2, 4);
        var work = new HashMap<String, Long>();
        for (int i = 0; i < 300; i++) {
            all.instances.get(0).add("long", 100, LONG, _ -> work.merge("long", 100L, Long::sum));
        }
        for (int i = 0; i < 20_000; i++) {
            all.instances.get(1).add("short", 1, SHORT, _ -> work.merge("short", 1L, Long::sum));
        }

        all.pass(Duration.ofSeconds(60));

        assertThat(work.get("long") / (double) work.get("short")).isCloseTo(1, Offset.offset(0.1));
        assertThat(all.utilization()).isGreaterThan(0.97);
    }

    @Test
    @DisplayName(
            "R178: a caller that sends to all instances gets no more than one that sends to one")
    void sendingToAllInstancesWinsNothing() {
        var all = new TestLines(8, 8);
        var random = new Random(7);
        var ended = new HashMap<String, Integer>();
        for (int i = 0; i < 4_000; i++) {
            all.instances
                    .get(random.nextInt(8))
                    .add("everywhere", 1, time(random), _ -> ended.merge("all", 1, Integer::sum));
        }
        for (int i = 0; i < 4_000; i++) {
            all.instances
                    .get(3)
                    .add("here", 1, time(random), _ -> ended.merge("one", 1, Integer::sum));
        }

        all.pass(Duration.ofSeconds(30));

        assertThat(ended.get("all") / (double) ended.get("one")).isCloseTo(1, Offset.offset(0.05));
        assertThat(all.utilization()).isGreaterThan(0.97);
    }

    @Test
    @DisplayName(
            "R178: beside a thousand long jobs of another instance, a short one waits for no more than one of them")
    void aShortJobWaitsForOneLongOne() {
        var all = new TestLines(2, 4);
        var random = new Random(7);
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 1_000; i++) {
            all.instances.get(0).add("long", ESTIMATE, LONG, NOBODY);
        }
        all.pass(Duration.ofSeconds(5));

        for (int i = 0; i < 100; i++) {
            Instant asked = all.timer.instant();
            all.instances
                    .get(1)
                    .add("short", ESTIMATE, SHORT, end -> waits.add(Duration.between(asked, end)));
            all.pass(Duration.ofMillis(300 + random.nextInt(1_500)));
        }

        List<Duration> sorted = waits.stream().sorted().toList();
        assertThat(sorted).hasSizeGreaterThan(95);
        assertThat(sorted.get(sorted.size() * 95 / 100)).isLessThan(SHORT.plus(LONG));
        assertThat(all.utilization()).isGreaterThan(0.97);
    }

    @Test
    @DisplayName(
            "R179: if the owner dies, the instances go on within three seconds, and the next owner rules")
    void theOwnersDeathStallsNothing() {
        var all = new TestLines(3, 4);
        Map<Integer, Integer> ended = new HashMap<>();
        for (int i = 1; i < 3; i++) {
            int instance = i;
            for (int job = 0; job < 4_000; job++) {
                all.instances
                        .get(i)
                        .add("c" + i, 1, SHORT, _ -> ended.merge(instance, 1, Integer::sum));
            }
        }
        all.pass(Duration.ofSeconds(2));
        all.owner.kill();
        all.owner = null;
        all.pass(Duration.ofSeconds(3));
        int before = ended.get(1) + ended.get(2);

        all.pass(Duration.ofSeconds(1));
        assertThat(ended.get(1) + ended.get(2) - before).as("jobs a second").isGreaterThan(200);

        all.owner = all.instances.get(2);
        all.pass(Duration.ofSeconds(5));
        int one = ended.get(1);
        int two = ended.get(2);
        all.pass(Duration.ofSeconds(2));
        assertThat((ended.get(1) - one) / (double) (ended.get(2) - two))
                .isCloseTo(1, Offset.offset(0.05));
    }

    @Test
    @DisplayName("R179: without any owner, each instance places by its own share")
    void withoutAnOwnerEachPlacesByItsShare() {
        var all = new TestLines(2, 4);
        all.owner = null;
        var ends = new ArrayList<Instant>();
        for (int i = 0; i < 40; i++) {
            all.instances.get(i % 2).add("a", 1, SHORT, ends::add);
        }

        all.pass(Duration.ofMillis(500));

        assertThat(ends).hasSize(40);
        assertThat(ends.getLast()).isBefore(START.plusMillis(200));
    }

    private static Duration time(Random random) {
        return Duration.ofMillis(20 + random.nextInt(60));
    }
}
