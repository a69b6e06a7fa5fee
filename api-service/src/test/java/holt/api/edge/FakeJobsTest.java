package holt.api.edge;

import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

class FakeJobsTest extends TrackJobsContract {
    private final FakeJobs jobs = new FakeJobs();

    @Override
    protected TrackJobs jobs() {
        return jobs;
    }

    @Override
    protected void run(JobId job) {
        put(job, JobStatus.RUNNING, null);
    }

    @Override
    protected void end(JobId job, Outcome outcome) {
        put(job, JobStatus.COMPLETED, outcome);
    }

    @Override
    protected boolean isCancelled(JobId job) {
        return jobs.cancelled.contains(job);
    }

    private void put(JobId job, JobStatus status, @Nullable Outcome outcome) {
        jobs.put(
                new JobState(
                        job,
                        new ModelName("m"),
                        Lane.NORMAL,
                        status,
                        Instant.EPOCH,
                        true,
                        null,
                        null,
                        List.of()),
                outcome);
    }
}
