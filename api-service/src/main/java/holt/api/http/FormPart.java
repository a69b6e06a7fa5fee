package holt.api.http;

/**
 * One part of a form. What its sender says of its type and its file's name is not worth knowing.
 *
 * @param name of the field
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record FormPart(String name, byte[] bytes) {}
