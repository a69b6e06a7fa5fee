package holt.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspectJobsTest {
    private final SuspectJobs suspects = new SuspectJobs();

    @Test
    @DisplayName("R54: after two crashes, a worker runs the job while it runs no other such job")
    void suspectsRunOneAtATime() {
        SuspectJobs.Turn first = suspects.tryTurn(2);
        assertThat(first).isNotNull();
        assertThat(suspects.tryTurn(2)).isNull();

        first.close();

        assertThat(suspects.tryTurn(3)).isNotNull();
    }

    @Test
    void aJobWithFewerCrashesRunsBesideASuspect() {
        assertThat(suspects.tryTurn(2)).isNotNull();

        assertThat(suspects.tryTurn(1)).isNotNull();
        assertThat(suspects.tryTurn(0)).isNotNull();
    }
}
