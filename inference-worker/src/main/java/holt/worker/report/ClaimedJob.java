package holt.worker.report;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.WorkerId;

/**
 * A job that this worker has claimed.
 *
 * @param partition of its queue topic
 * @param offset of its record
 */
public record ClaimedJob(Job job, ClaimId claim, int partition, long offset) {
    /** The number of the run that the worker claims. */
    public int run() {
        return job.attempt();
    }

    /** The event by which the worker claims the run. */
    public JobEvent.Started started(WorkerId worker) {
        return new JobEvent.Started(
                job.id(), job.model(), job.lane(), claim, worker, run(), partition, offset);
    }

    ReplyHeaders headers(int sequence) {
        return new ReplyHeaders(job.id(), claim, job.replyTo().epoch(), run(), sequence);
    }
}
