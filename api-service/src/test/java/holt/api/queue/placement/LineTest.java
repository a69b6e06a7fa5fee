package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineTest {
    private final Line line = new Line();

    @Test
    @DisplayName("R43: within a lane the first to come is the first to go")
    void firstInFirstOut() {
        add(Lane.NORMAL, "a", "b", "c");

        assertThat(take(3)).containsExactly("a", "b", "c");
        assertThat(line.next(_ -> true)).isNull();
    }

    @Test
    @DisplayName("R10: of any five jobs, one comes from the lower lanes while they wait")
    void lowerLanesAreNotStarved() {
        fill(Lane.HIGH, 100);
        fill(Lane.NORMAL, 100);
        fill(Lane.BATCH, 100);

        List<String> gone = take(100);

        for (int i = 0; i + 5 <= gone.size(); i++) {
            assertThat(gone.subList(i, i + 5)).anyMatch(job -> !job.startsWith("HIGH"));
        }
        assertThat(gone).filteredOn(job -> job.startsWith("HIGH")).hasSize(80);
        assertThat(gone).filteredOn(job -> job.startsWith("NORMAL")).hasSize(16);
        assertThat(gone).filteredOn(job -> job.startsWith("BATCH")).hasSize(4);
    }

    @Test
    @DisplayName(
            "R10: of any five jobs, one is a batch job while those of the lane normal wait too")
    void asynchronousJobsGetTheirShare() {
        fill(Lane.NORMAL, 20);
        fill(Lane.BATCH, 20);

        List<String> gone = take(10);

        assertThat(gone.subList(0, 5)).filteredOn(job -> job.startsWith("BATCH")).hasSize(1);
        assertThat(gone.subList(5, 10)).filteredOn(job -> job.startsWith("BATCH")).hasSize(1);
    }

    @Test
    void aLaneAloneHasNoTurnsToGiveAway() {
        fill(Lane.NORMAL, 7);
        take(7);
        add(Lane.NORMAL, "n1", "n2");
        add(Lane.BATCH, "b");

        assertThat(take(3)).containsExactly("n1", "n2", "b");
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
        line.putBack(line.next(_ -> true));

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

    private void fill(Lane lane, int jobs) {
        IntStream.range(0, jobs).forEach(i -> add(lane, lane.name() + i));
    }

    private void add(Lane lane, String... ids) {
        for (String id : ids) {
            Job job = TestPlacement.job(id, lane);
            line.add(
                    new WaitingJob(
                            job,
                            1,
                            TestPlacement.START,
                            false,
                            _ -> CompletableFuture.completedFuture(null),
                            new CompletableFuture<>()));
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
