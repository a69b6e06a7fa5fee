package holt.worker.report;

import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Job;

/**
 * A job that this worker has claimed.
 *
 * @param partition of its queue topic
 * @param run attempt + crashes
 */
public record ClaimedJob(Job job, ClaimId claim, int partition, int run) {
    ReplyHeaders headers(int sequence) {
        return new ReplyHeaders(job.id(), claim, job.replyTo().epoch(), run, sequence);
    }
}
