package holt.api.chat;

import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Instant;

/**
 * What a whole answer and every chunk of a streamed one begin with.
 *
 * @param created in seconds since 1970
 */
record ChatHead(String id, long created, String model) {
    static ChatHead of(JobId job, ModelName model, Instant created) {
        return new ChatHead("chatcmpl-" + job.value(), created.getEpochSecond(), model.value());
    }
}
