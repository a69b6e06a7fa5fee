package holt.api.sources;

import holt.api.RequestRejectedException;
import holt.api.sources.decode.SourceImage;
import holt.protocol.Failure;

/** A picture cannot be read. The message is the reason, without the name of the field. */
final class RefusedSourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    private RefusedSourceException(Failure failure, String reason) {
        super(reason, null, false, false);
        this.failure = failure;
    }

    /** It cannot be fetched. */
    static RefusedSourceException url(String reason) {
        return new RefusedSourceException(Failure.INVALID_IMAGE_URL, reason);
    }

    /** It cannot be decoded. */
    static RefusedSourceException image(String reason) {
        return new RefusedSourceException(Failure.INVALID_IMAGE, reason);
    }

    /** Its file is too large. */
    static RefusedSourceException tooLarge() {
        return new RefusedSourceException(
                Failure.PAYLOAD_TOO_LARGE,
                "has more than " + SourceImage.MAX_FILE_BYTES + " bytes");
    }

    RequestRejectedException in(String field) {
        return new RequestRejectedException(failure, field + ": " + getMessage(), field, null);
    }
}
