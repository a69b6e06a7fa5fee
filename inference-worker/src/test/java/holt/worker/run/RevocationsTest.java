package holt.worker.run;

import static holt.worker.TestJobs.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Command;
import holt.protocol.JobId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final JobId JOB = new JobId("j");
    private static final Command CANCEL = new Command.Cancel(JOB, NOW.plusSeconds(10));

    private final Revocations revocations = new Revocations();
    private final AtomicInteger cancels = new AtomicInteger();
    private final Runnable cancel = cancels::incrementAndGet;

    @Test
    void aCancelStopsTheRunningJob() {
        revocations.started(JOB, cancel);

        revocations.apply(CANCEL, NOW);

        assertThat(cancels).hasValue(1);
    }

    @Test
    void aJobThatStartsJustAfterItsCancelStopsAtOnce() {
        revocations.apply(CANCEL, NOW);

        revocations.started(JOB, cancel);

        assertThat(cancels).hasValue(1);
    }

    @Test
    void aCancelReachesNeitherOtherJobsNorEndedRuns() {
        revocations.started(new JobId("other"), cancel);
        revocations.apply(CANCEL, NOW);
        assertThat(cancels).hasValue(0);

        revocations.started(JOB, () -> {});
        revocations.ended(new JobId("other"), cancel);
        revocations.apply(new Command.Cancel(new JobId("other"), NOW.plusSeconds(10)), NOW);

        assertThat(cancels).hasValue(0);
    }

    @Test
    void anExpiredCancelIsNotKept() {
        revocations.apply(CANCEL, NOW.plusSeconds(11));

        assertThat(revocations.contains(JOB)).isFalse();
    }

    @Test
    @DisplayName("R30: a worker forgets a Cancel after the job's deadline")
    void aCancelIsForgottenAfterItsJobsDeadline() {
        revocations.apply(CANCEL, NOW);
        assertThat(revocations.contains(JOB)).isTrue();

        var other = new JobId("other");
        revocations.apply(new Command.Cancel(other, NOW.plusSeconds(100)), NOW.plusSeconds(60));

        assertThat(revocations.contains(JOB)).isFalse();
        assertThat(revocations.contains(other)).isTrue();
    }
}
