package holt.api.jobs;

import holt.protocol.JobId;

/** Takes jobs and tells their clients what becomes of them. */
public interface JobQueue {
    /**
     * Registers the client and publishes the job. Returns at once; the listener is told everything later, a failure to publish and the
     * passing of the deadline included, as a {@link holt.protocol.Outcome.Failed}.
     *
     * @throws holt.api.RequestRejectedException if too many clients wait, the instance drains, or the broker is known to be away
     */
    JobId submit(NewJob job, ReplyListener client);

    /** The client has gone: nobody waits for this job any more. Unknown and finished jobs are ignored. */
    void abandon(JobId job);
}
