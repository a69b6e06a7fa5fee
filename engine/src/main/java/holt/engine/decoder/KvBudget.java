package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How much of a device's memory a model's key/value cache may take.
 *
 * @param model for messages
 * @param device {@code cpu} or {@code cuda:N}
 * @param free bytes that the device has, before the weights; empty if that is not known
 * @param weights bytes that they take at most
 */
record KvBudget(String model, String device, OptionalLong free, long weights) {
    /** The JVM, the file cache and other processes grow, too. */
    private static final double SHARE_OF_CPU = 0.5;

    /** The rest is for what a step computes. */
    private static final double SHARE_OF_GPU = 0.9;

    /**
     * The limit of the cache.
     *
     * @param least bytes without which the model is of no use
     * @param asked bytes at most; 0 = a share of what the weights leave
     * @throws UnloadableModelException if there is no room for weights and the least; the message has the numbers
     */
    long grant(long least, long asked) {
        if (free.isEmpty()) {
            if (asked == 0) {
                throw new UnloadableModelException(
                        "%s: %s does not tell how much memory it has left, so the size of the key/value cache must be set"
                                .formatted(model, device));
            }
            return asked;
        }
        long left = free.getAsLong() - weights;
        if (left < least) {
            throw new UnloadableModelException(
                    "%s: it needs %s of memory, %s for its weights and %s for the keys and values of one short chat; %s has %s left"
                            .formatted(
                                    model,
                                    readable(weights + least),
                                    readable(weights),
                                    readable(least),
                                    device,
                                    readable(free.getAsLong())));
        }
        double share = device.equals("cpu") ? SHARE_OF_CPU : SHARE_OF_GPU;
        return asked > 0 ? Math.min(asked, left) : Math.max(least, (long) (left * share));
    }

    private static String readable(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20));
    }
}
