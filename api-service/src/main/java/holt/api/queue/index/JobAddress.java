package holt.api.queue.index;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Instant;

/** Where an open job belongs, and its deadline. */
public record JobAddress(JobId id, ModelName model, Lane lane, Instant deadline) {
    public static JobAddress of(Job job) {
        return new JobAddress(job.id(), job.model(), job.lane(), job.deadline());
    }
}
