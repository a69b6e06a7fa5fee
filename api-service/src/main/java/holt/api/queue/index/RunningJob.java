package holt.api.queue.index;

import holt.protocol.JobEvent;
import java.time.Instant;

/**
 * A job that a worker runs.
 *
 * @param started owns the present run
 * @param since the broker's time of that event
 */
public record RunningJob(JobAddress job, JobEvent.Started started, Instant since) {}
