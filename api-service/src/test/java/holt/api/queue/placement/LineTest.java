package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineTest {
    private final Line line = new Line(TestPlacement.LEAST_SHARE);
    private int next;

    @Test
    @DisplayName("R43: within a lane the first to come is the first to go")
    void firstInFirstOut() {
        add(Lane.NORMAL, "a", "b", "c");

        assertThat(take(3)).containsExactly("a", "b", "c");
        assertThat(line.next(_ -> true)).isNull();
    }

    @Test
    @DisplayName("R10: high goes before normal, and normal before batch, but for the least shares")
    void higherLanesGoFirst() {
        fill(Lane.BATCH, 100);
        fill(Lane.NORMAL, 100);
        fill(Lane.HIGH, 100);

        List<String> gone = take(100);

        assertThat(gone).filteredOn(job -> job.startsWith("HIGH")).hasSizeBetween(89, 91);
        assertThat(gone).filteredOn(job -> job.startsWith("NORMAL")).hasSizeBetween(4, 6);
        assertThat(gone).filteredOn(job -> job.startsWith("BATCH")).hasSizeBetween(5, 6);
        assertThat(gone.getFirst()).startsWith("HIGH");
    }

    @Test
    void aLaneAloneHasNoTurnsToGiveAway() {
        fill(Lane.NORMAL, 70);
        take(70);
        add(Lane.NORMAL, "n1", "n2");
        add(Lane.BATCH, "b");

        assertThat(take(3)).containsExactly("n1", "b", "n2");
    }

    @Test
    void aJobThatMayNotGoIsPassed() {
        add(Lane.NORMAL, "a", "b");
        add(Lane.BATCH, "c");

        assertThat(line.next(job -> !job.id().value().equals("a")).id().value()).isEqualTo("b");
        assertThat(line.next(job -> !job.id().value().equals("a")).id().value()).isEqualTo("c");
        assertThat(take(1)).containsExactly("a");
    }

    @Test
    void aJobThatIsPutBackIsTheNext() {
        add(Lane.NORMAL, "a", "b");
        WaitingJob next = line.next(_ -> true);
        line.putBack(next, placed(next.job()));

        assertThat(take(2)).containsExactly("a", "b");
    }

    @Test
    void aRemovedJobIsNotServed() {
        add(Lane.NORMAL, "a", "b");

        line.remove(line.get(new JobId("a")));

        assertThat(line.get(new JobId("a"))).isNull();
        assertThat(take(1)).containsExactly("b");
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("R161: callers share a lane by work, not by number of jobs")
    void callersShareByWork() {
        for (int i = 0; i < 100; i++) {
            add("long", 1, 100);
        }
        for (int i = 0; i < 1000; i++) {
            add("short", 1, 1);
        }

        Map<String, Long> work = serve(500);

        assertThat(work.get("long")).isCloseTo(work.get("short"), Offset.offset(100L));
    }

    @Test
    @DisplayName("R161: a caller's share grows with its weight")
    void weightsAreShares() {
        for (int i = 0; i < 1000; i++) {
            add("three", 3, 10);
            add("one", 1, 10);
        }

        Map<String, Long> work = serve(400);

        assertThat(work.get("three")).isEqualTo(3000);
        assertThat(work.get("one")).isEqualTo(1000);
    }

    @Test
    @DisplayName(
            "R161: a caller that comes later waits for no backlog of others, and gets no credit for its absence")
    void aNewcomerGetsNeitherBacklogNorCredit() {
        for (int i = 0; i < 100; i++) {
            add("greedy", 1, 10);
        }
        serve(50);
        for (int i = 0; i < 10; i++) {
            add("new", 1, 10);
        }

        Map<String, Long> work = serve(10);

        assertThat(work.get("new")).isBetween(50L, 60L);
    }

    @Test
    @DisplayName("R161: a wrong estimate is corrected once the work is known")
    void aWrongEstimateIsCorrected() {
        for (int i = 0; i < 100; i++) {
            add("liar", 1, 1);
            add("honest", 1, 10);
        }
        int liars = 0;
        for (int i = 0; i < 20; i++) {
            Job job = line.next(_ -> true).job();
            line.correct(placed(job), 10);
            liars += job.origin().caller().equals("liar") ? 1 : 0;
        }

        assertThat(liars).isBetween(9, 11);
    }

    @Test
    @DisplayName("R161: estimates that were far too high do not keep a newcomer waiting")
    void highEstimatesOfOthersDelayNobody() {
        for (int i = 0; i < 100; i++) {
            add("greedy", 1, 500);
        }
        Job first = line.next(_ -> true).job();
        Window.Placed one = placed(first);
        Window.Placed two = placed(line.next(_ -> true).job());
        line.correct(one, 2);
        line.correct(two, 2);
        serve(10);
        for (int i = 0; i < 10; i++) {
            add("new", 1, 500);
        }

        assertThat(serve(4)).containsKey("new");
    }

    @Test
    @DisplayName("R161: one ended job of another caller tells how far off a newcomer's estimate is")
    void oneEndTellsTheUsualRatio() {
        for (int i = 0; i < 100; i++) {
            add("greedy", 1, 500);
        }
        line.correct(placed(line.next(_ -> true).job()), 1);
        for (int i = 0; i < 10; i++) {
            add("new", 1, 500);
        }

        assertThat(serve(6).get("new")).isEqualTo(3 * 500L);
    }

    @Test
    @DisplayName("R161: in a million jobs of random callers, those who wait get their shares")
    void aMillionJobs() {
        var random = new Random(7);
        int[] weights = {1, 1, 2, 4};
        var work = new HashMap<String, Long>();
        for (int i = 0; i < weights.length * 25; i++) {
            add("c" + i % weights.length, weights[i % weights.length], 1 + random.nextInt(100));
        }
        for (int i = 0; i < 1_000_000; i++) {
            Job.Origin served = line.next(_ -> true).job().origin();
            work.merge(served.caller(), served.work(), Long::sum);
            add(served.caller(), served.weight(), 1 + random.nextInt(100));
        }

        double all = work.values().stream().mapToLong(each -> each).sum();
        for (int i = 0; i < weights.length; i++) {
            assertThat(work.get("c" + i) / all).isCloseTo(weights[i] / 8.0, Offset.offset(0.001));
        }
    }

    /** The work of each caller in the next jobs. */
    private Map<String, Long> serve(int jobs) {
        var work = new HashMap<String, Long>();
        for (int i = 0; i < jobs; i++) {
            Job.Origin served = line.next(_ -> true).job().origin();
            work.merge(served.caller(), served.work(), Long::sum);
        }
        return work;
    }

    private void add(String caller, double weight, long work) {
        line.add(
                waiting(
                        TestPlacement.job(
                                "j" + next++, Lane.NORMAL, new Job.Origin(caller, weight, work))));
    }

    private Window.Placed placed(Job job) {
        return new Window.Placed(job, line.expected(job).work(), false);
    }

    private static WaitingJob waiting(Job job) {
        return new WaitingJob(
                job,
                1,
                TestPlacement.START,
                false,
                _ -> CompletableFuture.completedFuture(null),
                new CompletableFuture<>());
    }

    private void fill(Lane lane, int jobs) {
        IntStream.range(0, jobs).forEach(i -> add(lane, lane.name() + i));
    }

    private void add(Lane lane, String... ids) {
        for (String id : ids) {
            line.add(waiting(TestPlacement.job(id, lane)));
        }
    }

    private List<String> take(int jobs) {
        var taken = new ArrayList<String>();
        for (int i = 0; i < jobs; i++) {
            taken.add(line.next(_ -> true).id().value());
        }
        return taken;
    }
}
