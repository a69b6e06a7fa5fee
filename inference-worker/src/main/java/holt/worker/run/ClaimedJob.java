package holt.worker.run;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Job;

/**
 * A job under this worker's claim.
 *
 * @param partition of its queue topic
 * @param run attempt + workers that it has ended before
 */
public record ClaimedJob(Job job, ClaimId claim, int partition, int run) {

    public ReplyHeaders headers(int sequence) {
        return new ReplyHeaders(job.id(), claim, job.replyTo().epoch(), run, sequence);
    }
}
