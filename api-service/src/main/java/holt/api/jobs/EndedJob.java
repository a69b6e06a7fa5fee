package holt.api.jobs;

import holt.protocol.JobId;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.time.Instant;

/** A job with its outcome. */
public record EndedJob(JobId id, ModelName model, Instant created, Outcome outcome) {}
