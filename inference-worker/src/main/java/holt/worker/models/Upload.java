package holt.worker.models;

/** An object for the store. It must be there before a record names its key. */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Upload(String key, byte[] bytes, String contentType) {}
