package holt.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a queue topic: one request, to be run once.
 *
 * @param attempt 1 for the first; a retry is the same job with the next number
 * @param created when it was accepted, on the broker's clock
 * @param deadline when nobody waits any more, on the broker's clock; kept over retries
 * @param replayOf the dead job that this one repeats
 */
public record Job(
        JobId id,
        ModelName model,
        Lane lane,
        int attempt,
        Instant created,
        Instant deadline,
        ReplyAddress replyTo,
        @Nullable JobId replayOf,
        Payload payload) {

    public Job nextAttempt() {
        return new Job(id, model, lane, attempt + 1, created, deadline, replyTo, replayOf, payload);
    }
}
