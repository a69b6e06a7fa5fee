package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.JobId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueuePartitionTest {
    private static final Instant LATER = Instant.parse("2026-01-01T00:01:00Z");
    private final QueuePartition partition = new QueuePartition();

    @Test
    void aJobThatHoldsTheHeadKeepsAllThatPassedItInTheWindow() {
        // Given
        place("head", "b", "c", "d");
        partition.started(new JobId("head"));

        // When two pass it
        run("b");
        run("c");

        // Then
        assertThat(partition.windowInUse()).isEqualTo(3);
        assertThat(partition.outstanding()).isEqualTo(2);

        // When the head ends, the window moves on to the next unfinished one
        partition.finished(new JobId("head"));

        assertThat(partition.windowInUse()).isZero();
        assertThat(partition.outstanding()).isOne();
    }

    @Test
    void anEndCountsOnceAndOnlyForWhatWasPlacedHere() {
        place("a");

        assertThat(partition.finished(new JobId("a"))).isTrue();
        assertThat(partition.finished(new JobId("a"))).isFalse();
        assertThat(partition.finished(new JobId("elsewhere"))).isFalse();
        assertThat(partition.outstanding()).isZero();
        assertThat(partition.windowInUse()).isZero();
    }

    @Test
    void aJobWithoutAnEndIsForgottenAfterItsDeadline() {
        place("a", "b");

        assertThat(partition.forgetBefore(LATER)).isEmpty();
        assertThat(partition.forgetBefore(LATER.plusMillis(1)))
                .containsExactlyInAnyOrder(new JobId("a"), new JobId("b"));
        assertThat(partition.outstanding()).isZero();
    }

    private void place(String... jobs) {
        for (String job : jobs) {
            partition.placed(new JobId(job), LATER);
        }
    }

    private void run(String job) {
        partition.started(new JobId(job));
        partition.finished(new JobId(job));
    }
}
