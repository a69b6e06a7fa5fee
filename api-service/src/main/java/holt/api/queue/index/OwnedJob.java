package holt.api.queue.index;

import java.time.Instant;

/** A job of a known caller that has not ended. */
public record OwnedJob(JobAddress job, String caller, Instant created) {}
