package holt.api.chat;

import holt.protocol.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a whole answer and every chunk of a stream share.
 *
 * @param created in seconds since 1970
 * @param model the name that the client asked for
 * @param serviceTier that serves the request; null if the client named none
 */
record ChatEnvelope(String id, long created, String model, @Nullable String serviceTier) {
    static ChatEnvelope of(JobId job, String model, @Nullable String serviceTier, Instant created) {
        return new ChatEnvelope(
                "chatcmpl-" + job.value(), created.getEpochSecond(), model, serviceTier);
    }
}
