package holt.api.sources.decode;

/** A file is no picture that can be decoded. The message is the reason that the client reads. */
public final class InvalidImageException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidImageException(String reason) {
        super(reason, null, false, false);
    }
}
