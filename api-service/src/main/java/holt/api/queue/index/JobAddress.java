package holt.api.queue.index;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Instant;

/** The queue partition on which an open job lies, and the job's deadline. */
public record JobAddress(JobId id, ModelName model, Lane lane, int partition, Instant deadline) {
    public static JobAddress of(Job job, int partition) {
        return new JobAddress(job.id(), job.model(), job.lane(), partition, job.deadline());
    }
}
