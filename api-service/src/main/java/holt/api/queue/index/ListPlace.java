package holt.api.queue.index;

import holt.protocol.JobId;
import java.time.Instant;

/** Where a job stands in all lists: newest first. The same on every instance, so that a list can go on at another instance. */
public record ListPlace(Instant created, JobId id) {}
