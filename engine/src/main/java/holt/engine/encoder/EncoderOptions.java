package holt.engine.encoder;

/**
 * How to load an encoder.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32} or {@code bf16}
 * @param threads CPU cores of a pass; 0 = all
 */
public record EncoderOptions(String device, String dtype, int threads) {}
