package holt.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspectJobsTest {
    private final SuspectJobs suspects = new SuspectJobs();

    @Test
    void oneAtATimeInTheOrderInWhichTheyCame() {
        SuspectJobs.Turn first = suspects.line();
        SuspectJobs.Turn second = suspects.line();
        SuspectJobs.Turn third = suspects.line();
        assertThat(first.comes()).isDone();
        assertThat(second.comes()).isNotDone();

        first.close();
        assertThat(second.comes()).isDone();
        assertThat(third.comes()).isNotDone();

        second.close();
        assertThat(third.comes()).isDone();
    }

    @Test
    void whoIsHandedBackWhileItWaitsHoldsNobodyUpAndLetsNobodyPass() {
        SuspectJobs.Turn first = suspects.line();
        SuspectJobs.Turn second = suspects.line();
        SuspectJobs.Turn third = suspects.line();

        second.comes().cancel(false);
        second.close();
        assertThat(third.comes()).isNotDone();

        first.close();
        assertThat(third.comes()).isDone();
    }

    @Test
    void othersDoNotWait() {
        suspects.line();

        assertThat(SuspectJobs.none().comes()).isDone();
    }
}
