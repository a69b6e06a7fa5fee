package holt.standalone.client;

import org.jspecify.annotations.Nullable;

/**
 * A model's queue, as a running Holt shows it.
 *
 * @param waitSeconds how long a new job waits; null if that is unknown
 */
public record ServedQueue(
        String model,
        String kind,
        int slots,
        long queued,
        int held,
        @Nullable Double waitSeconds) {}
