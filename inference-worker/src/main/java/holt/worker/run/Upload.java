package holt.worker.run;

/** An object that must lie in the store before anybody is told of it. */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Upload(String key, byte[] bytes, String contentType) {}
