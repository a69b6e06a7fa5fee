package holt.api.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may still send in this minute. Null where nothing limits it.
 *
 * @param tokens of work
 */
public record RateLimits(@Nullable Quota requests, @Nullable Quota tokens) {
    public static final RateLimits NONE = new RateLimits(null, null);

    /**
     * @param limit in a minute
     * @param reset until all of it is free again
     */
    public record Quota(long limit, long remaining, Duration reset) {}
}
