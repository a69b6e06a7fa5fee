package holt.api.console;

import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs of model {@code m} as their pages see them. */
final class TestJobs {
    private TestJobs() {}

    static JobState.Attempt run(int number, Instant started, @Nullable Failure failure) {
        return new JobState.Attempt(number, new WorkerId("w"), started, failure);
    }

    static JobState job(
            String id,
            JobStatus status,
            Instant created,
            @Nullable Instant ended,
            @Nullable Failure reason,
            JobState.Attempt... runs) {
        boolean queued = status == JobStatus.QUEUED;
        return new JobState(
                new JobId(id),
                new ModelName("m"),
                Lane.NORMAL,
                status,
                created,
                true,
                queued ? 3L : null,
                queued ? 20L : null,
                List.of(runs),
                null,
                "blue",
                ended,
                reason);
    }

    /** A job that waited and ran once. */
    static JobState ended(
            String id, JobStatus status, Instant created, Duration waited, Duration ran) {
        Instant started = created.plus(waited);
        return job(
                id,
                status,
                created,
                started.plus(ran),
                status == JobStatus.FAILED ? Failure.WORKER_FAILED : null,
                run(1, started, null));
    }
}
