package holt.api.http;

import holt.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** An error in the standard's shape ({@code code}, {@code message}) and in OpenAI's ({@code error}) at once. */
public record ErrorBody(int code, String message, Detail error) {

    /** OpenAI's part. */
    public record Detail(String message, String type, @Nullable String param, String code) {}

    /**
     * The body that this failure gets.
     *
     * @param param the request's field that was wrong
     */
    public static ErrorBody of(Failure failure, String message, @Nullable String param) {
        return new ErrorBody(
                failure.code(),
                message,
                new Detail(message, failure.type(), param, failure.label()));
    }
}
