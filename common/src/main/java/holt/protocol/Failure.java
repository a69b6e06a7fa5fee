package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Every way in which a request can fail: HTTP status, the standard's integer code, OpenAI's type and code, and whether a worker retries
 * the job. No other place decides these.
 */
public enum Failure {
    MALFORMED_JSON(400, 2001, Type.INVALID_REQUEST, Retry.NO),
    BAD_REQUEST(400, 2001, Type.INVALID_REQUEST, Retry.NO),
    INVALID_VALUE(400, 2002, Type.INVALID_REQUEST, Retry.NO),
    UNSUPPORTED_PARAMETER(400, 2002, Type.INVALID_REQUEST, Retry.NO),
    UNSUPPORTED_MEDIA_TYPE(415, 2003, Type.INVALID_REQUEST, Retry.NO),
    MODEL_NOT_FOUND(404, 2004, Type.INVALID_REQUEST, Retry.NO),
    INVALID_MODEL_KIND(400, 2005, Type.INVALID_REQUEST, Retry.NO),
    NOT_FOUND(404, 2006, Type.INVALID_REQUEST, Retry.NO),
    METHOD_NOT_ALLOWED(405, 2007, Type.INVALID_REQUEST, Retry.NO),
    RATE_LIMIT_EXCEEDED(429, 2008, Type.RATE_LIMIT, Retry.NO),
    OVERLOADED(503, 2009, Type.SERVER, Retry.NO),
    PAYLOAD_TOO_LARGE(413, 2010, Type.INVALID_REQUEST, Retry.NO),
    CONTEXT_LENGTH_EXCEEDED(400, 2011, Type.INVALID_REQUEST, Retry.NO),
    INVALID_IMAGE_URL(400, 2012, Type.INVALID_REQUEST, Retry.NO),
    INVALID_IMAGE(400, 2013, Type.INVALID_REQUEST, Retry.NO),
    TIMEOUT(504, 2014, Type.SERVER, Retry.NO),
    WORKER_FAILED(502, 2015, Type.SERVER, Retry.YES),
    INVALID_API_KEY(401, 2016, Type.AUTHENTICATION, Retry.NO),
    PERMISSION_DENIED(403, 2017, Type.PERMISSION, Retry.NO),
    IDEMPOTENCY_CONFLICT(422, 2018, Type.INVALID_REQUEST, Retry.NO),
    JOB_FINISHED(409, 2019, Type.INVALID_REQUEST, Retry.NO),
    JOB_NOT_FOUND(404, 2020, Type.INVALID_REQUEST, Retry.NO),
    HEADER_TOO_LARGE(431, 2021, Type.INVALID_REQUEST, Retry.NO),
    REQUEST_TIMEOUT(408, 2022, Type.INVALID_REQUEST, Retry.NO),
    STORAGE_UNAVAILABLE(503, 2023, Type.SERVER, Retry.YES),
    INSUFFICIENT_MEMORY(500, 2024, Type.SERVER, Retry.YES),
    RESULT_EXPIRED(410, 2025, Type.INVALID_REQUEST, Retry.NO),
    SERVER_ERROR(500, 2500, Type.SERVER, Retry.NO);

    private final int status;
    private final int code;
    private final Type type;
    private final Retry retry;

    Failure(int status, int code, Type type, Retry retry) {
        this.status = status;
        this.code = code;
        this.type = type;
        this.retry = retry;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The integer {@code code} of the AI model interface standard. */
    public int code() {
        return code;
    }

    /** OpenAI's {@code error.type}. */
    public String type() {
        return type.label;
    }

    /** OpenAI's {@code error.code}; also the name on the wire. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Failure of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Whether another run of the same job, on another worker or later, may succeed. */
    public boolean retryable() {
        return retry == Retry.YES;
    }

    private enum Retry {
        YES,
        NO
    }

    private enum Type {
        INVALID_REQUEST("invalid_request_error"),
        AUTHENTICATION("authentication_error"),
        PERMISSION("permission_error"),
        RATE_LIMIT("rate_limit_error"),
        SERVER("server_error");

        private final String label;

        Type(String label) {
            this.label = label;
        }
    }
}
