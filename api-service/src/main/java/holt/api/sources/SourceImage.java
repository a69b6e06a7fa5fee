package holt.api.sources;

/**
 * A client's picture, decoded and written anew.
 *
 * @param png 8 bits a channel, RGB or RGBA
 * @param width in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record SourceImage(byte[] png, int width, int height) {}
