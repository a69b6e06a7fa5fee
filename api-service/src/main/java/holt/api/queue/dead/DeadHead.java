package holt.api.queue.dead;

import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open dead letter, without its request.
 *
 * @param number its offset
 * @param job null if the letter holds a record that is no job, as are its model and caller
 * @param run the number of the last run
 * @param replays how often the request has been replayed, this job included
 */
public record DeadHead(
        long number,
        @Nullable JobId job,
        @Nullable ModelName model,
        @Nullable String caller,
        Failure reason,
        String message,
        int run,
        int replays,
        Instant at) {}
