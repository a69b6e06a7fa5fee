package holt.api.sources.decode;

/**
 * A client's picture, decoded and encoded again.
 *
 * @param type {@code image/png} or {@code image/jpeg}
 * @param bytes without the original's metadata
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedImage(String type, byte[] bytes) {}
