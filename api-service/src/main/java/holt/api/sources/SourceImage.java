package holt.api.sources;

/**
 * A picture that a client brought, decoded and written anew.
 *
 * @param png 8 bits a channel, RGB or RGBA, without ancillary chunks of the original
 * @param width in pixels
 * @param height in pixels
 */
public record SourceImage(byte[] png, int width, int height) {}
