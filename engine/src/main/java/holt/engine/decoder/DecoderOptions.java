package holt.engine.decoder;

/**
 * How a decoder is loaded.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32}, {@code fp16} (packed weights, arithmetic in fp32; CPU only) or {@code bf16}
 * @param slots sequences wanted at once; fewer if the cache does not hold them
 * @param maxContext tokens of a sequence at most, whatever the model allows
 * @param cacheBytes the key/value cache's limit; 0 = a share of what the device has left
 * @param threads CPU cores of a step; 0 = all
 */
public record DecoderOptions(
        String device, String dtype, int slots, int maxContext, long cacheBytes, int threads) {
    DecoderOptions withThreads(int cores) {
        return new DecoderOptions(device, dtype, slots, maxContext, cacheBytes, cores);
    }
}
