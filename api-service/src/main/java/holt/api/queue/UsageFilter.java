package holt.api.queue;

import holt.api.queue.usage.UsageKey;
import holt.protocol.ModelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is asked for.
 *
 * @param from hours that begin then or later
 * @param until hours that begin before
 * @param caller null for all
 * @param model null for all
 */
public record UsageFilter(
        Instant from, Instant until, @Nullable String caller, @Nullable ModelName model) {
    boolean passes(UsageKey key) {
        return !key.hour().isBefore(from)
                && key.hour().isBefore(until)
                && (caller == null || caller.equals(key.caller()))
                && (model == null || model.equals(key.model()));
    }
}
