package holt.api.queue.index;

import java.time.Instant;

/**
 * A job of a known caller that has not ended.
 *
 * @param started whether a worker has had it
 */
public record OwnedJob(JobAddress job, String caller, Instant created, boolean started) {}
