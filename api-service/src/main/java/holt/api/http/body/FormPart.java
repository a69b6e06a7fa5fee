package holt.api.http.body;

/**
 * One part of a form, without the content type and the file name that the client gave.
 *
 * @param name of the field
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FormPart(String name, byte[] bytes) {}
