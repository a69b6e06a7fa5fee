package holt.api.queue.index;

import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one queue, of all instances.
 *
 * @param waiting jobs that no worker has started
 * @param oldest when the oldest of them was created; null if none waits
 * @param drainRate jobs a second that have left the queue in the last minute
 */
public record QueueLoad(
        ModelName model, Lane lane, long waiting, @Nullable Instant oldest, double drainRate) {}
