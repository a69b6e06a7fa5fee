package holt.api.completions;

import holt.protocol.JobId;
import java.time.Instant;

/**
 * The fields that a whole answer and every chunk of a stream share.
 *
 * @param model the name that the client asked for
 * @param created in seconds since 1970
 */
record CompletionEnvelope(String id, long created, String model) {
    static CompletionEnvelope of(JobId job, String model, Instant created) {
        return new CompletionEnvelope("cmpl-" + job.value(), created.getEpochSecond(), model);
    }
}
