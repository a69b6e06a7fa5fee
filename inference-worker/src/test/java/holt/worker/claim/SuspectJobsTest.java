package holt.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspectJobsTest {
    private static final int CRASHES = 2;

    private final SuspectJobs suspects = new SuspectJobs();

    @Test
    @DisplayName("R54: after two crashes, a worker runs the job while it runs no other such job")
    void suspectsRunOneAtATimeInTheirOrder() {
        SuspectJobs.Turn first = suspects.turn(CRASHES);
        SuspectJobs.Turn second = suspects.turn(CRASHES);
        SuspectJobs.Turn third = suspects.turn(CRASHES);
        assertThat(first.comes()).isDone();
        assertThat(second.comes()).isNotDone();

        first.close();
        assertThat(second.comes()).isDone();
        assertThat(third.comes()).isNotDone();

        second.close();
        assertThat(third.comes()).isDone();
    }

    @Test
    void aSuspectThatIsHandedBackWhileItWaitsKeepsTheOrderOfTheOthers() {
        SuspectJobs.Turn first = suspects.turn(CRASHES);
        SuspectJobs.Turn second = suspects.turn(CRASHES);
        SuspectJobs.Turn third = suspects.turn(CRASHES);

        second.comes().cancel(false);
        second.close();
        assertThat(third.comes()).isNotDone();

        first.close();
        assertThat(third.comes()).isDone();
    }

    @Test
    void otherJobsDoNotWait() {
        suspects.turn(CRASHES);

        assertThat(suspects.turn(CRASHES - 1).comes()).isDone();
    }

    @Test
    void otherJobsDoNotHoldUpASuspect() {
        suspects.turn(CRASHES - 1);

        assertThat(suspects.turn(CRASHES).comes()).isDone();
    }
}
