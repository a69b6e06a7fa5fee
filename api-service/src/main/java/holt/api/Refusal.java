package holt.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request that is valid is refused with 429.
 *
 * @param position of the job in its model's queue, had it been taken; null if the queue is not the reason
 * @param etaSeconds until the job would start; null if that is unknown
 */
public record Refusal(Reason reason, @Nullable Long position, @Nullable Long etaSeconds) {
    /** Which bound the request exceeds. */
    public enum Reason {
        QUEUE_FULL,
        RATE,
        CONCURRENCY,
        TOKENS,
        DEADLINE,
        TOO_LARGE;

        /** As clients see it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it is known when the bound is no longer exceeded. */
    public boolean isTimed() {
        return etaSeconds != null || reason == Reason.RATE || reason == Reason.TOKENS;
    }

    /** A refusal that has nothing to do with a queue. */
    public static Refusal of(Reason reason) {
        return new Refusal(reason, null, null);
    }
}
