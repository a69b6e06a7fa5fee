package holt.engine.decoder;

import static holt.engine.torch.DeviceMemory.readable;

import holt.engine.UnloadableModelException;
import java.util.OptionalLong;

/**
 * Limits the memory of a model's key/value cache.
 *
 * @param model for messages
 * @param device {@code cpu} or {@code cuda:N}
 * @param free bytes of the device before the weights are loaded; empty if unknown
 * @param weights the most bytes that the weights take
 */
record KvBudget(String model, String device, OptionalLong free, long weights) {
    /** The rest is for the JVM, the file cache and other processes. */
    private static final double SHARE_OF_CPU = 0.5;

    /** The rest is for the activations of a step. */
    private static final double SHARE_OF_GPU = 0.9;

    /**
     * The limit of the cache in bytes.
     *
     * @param least the bytes of the smallest useful cache
     * @param asked the most bytes; 0 = a share of what the weights leave
     * @throws UnloadableModelException if weights and the smallest cache do not fit; the message has the numbers
     */
    long grant(long least, long asked) {
        if (free.isEmpty()) {
            if (asked == 0) {
                throw new UnloadableModelException(
                        "%s: %s does not report its free memory, so the size of the key/value cache must be set"
                                .formatted(model, device));
            }
            return asked;
        }
        long left = free.getAsLong() - weights;
        if (left < least) {
            throw new UnloadableModelException(
                    "%s: the model needs %s of memory, %s for its weights and %s for the key/value cache of one short chat; %s has %s left"
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
}
