package holt.api.chat;

import holt.protocol.JobId;
import java.time.Instant;

/**
 * The fields that a whole answer and every chunk of a stream share.
 *
 * @param created in seconds since 1970
 * @param model the name that the client asked for
 */
record ChatEnvelope(String id, long created, String model) {
    static ChatEnvelope of(JobId job, String model, Instant created) {
        return new ChatEnvelope("chatcmpl-" + job.value(), created.getEpochSecond(), model);
    }
}
