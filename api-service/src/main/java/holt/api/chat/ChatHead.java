package holt.api.chat;

import holt.protocol.JobId;
import holt.protocol.KnownModel;
import java.time.Instant;

/**
 * What a whole answer and every chunk of a streamed one begin with.
 *
 * @param created in seconds since 1970
 */
record ChatHead(String id, long created, String model) {
    static ChatHead of(JobId job, KnownModel model) {
        return new ChatHead(
                "chatcmpl-" + job.value(), Instant.now().getEpochSecond(), model.name().value());
    }
}
