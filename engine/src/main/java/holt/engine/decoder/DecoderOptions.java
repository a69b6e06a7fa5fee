package holt.engine.decoder;

/**
 * How to load a decoder.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32}, {@code fp16} (packed weights, arithmetic in fp32; CPU only) or {@code bf16}
 * @param slots the wanted slots of the key/value cache; fewer if memory is short
 * @param maxContext the most tokens of a sequence, even if the model allows more
 * @param cacheBytes limit of the key/value cache; 0 = a share of the device's free memory
 * @param threads CPU cores of a step; 0 = all
 */
public record DecoderOptions(
        String device, String dtype, int slots, int maxContext, long cacheBytes, int threads) {
    DecoderOptions withThreads(int cores) {
        return new DecoderOptions(device, dtype, slots, maxContext, cacheBytes, cores);
    }
}
