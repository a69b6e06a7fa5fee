package holt.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import org.junit.jupiter.api.Test;

/** What everything that tracks jobs does. */
public abstract class TrackJobsContract {
    private static final JobId JOB = new JobId("j");
    private static final Outcome DONE = FakeQueue.completed("yo");

    protected abstract TrackJobs jobs();

    /** There is a running job of that id. */
    protected abstract void run(JobId job);

    /** The running job of that id ends. */
    protected abstract void end(JobId job, Outcome outcome);

    /** Whether workers have been asked to stop the job. */
    protected abstract boolean isCancelled(JobId job);

    @Test
    void aJobIsFoundByItsIdWhileItRunsAndAfterItsEnd() {
        run(JOB);
        assertThat(jobs().find(JOB).status()).isEqualTo(JobStatus.RUNNING);

        end(JOB, DONE);

        assertThat(jobs().find(JOB).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(jobs().result(JOB).outcome()).isEqualTo(DONE);
    }

    @Test
    void anUnknownJobIsNotFound() {
        assertThat(jobs().find(JOB)).isNull();
        refuses(() -> jobs().result(JOB), Failure.JOB_NOT_FOUND);
        refuses(() -> jobs().cancel(JOB), Failure.JOB_NOT_FOUND);
    }

    @Test
    void aRunningJobHasNoOutcomeAndCanBeCancelled() {
        run(JOB);
        refuses(() -> jobs().result(JOB), Failure.JOB_NOT_FOUND);

        jobs().cancel(JOB);

        assertThat(isCancelled(JOB)).isTrue();
    }

    @Test
    void anEndedJobCannotBeCancelled() {
        run(JOB);
        end(JOB, DONE);

        refuses(() -> jobs().cancel(JOB), Failure.JOB_FINISHED);
        assertThat(isCancelled(JOB)).isFalse();
    }

    private static void refuses(Runnable request, Failure failure) {
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(request::run)
                .satisfies(refused -> assertThat(refused.failure()).isEqualTo(failure));
    }
}
