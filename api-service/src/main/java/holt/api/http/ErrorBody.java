package holt.api.http;

import holt.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** An error in both shapes at once: the network's ({@code code}, {@code message}) and OpenAI's ({@code error}). */
public record ErrorBody(int code, String message, Detail error) {

    /** OpenAI's part. */
    public record Detail(String message, String type, @Nullable String param, String code) {}

    /** @param param the request field that was wrong */
    public static ErrorBody of(Failure failure, String message, @Nullable String param) {
        return new ErrorBody(
                failure.code(),
                message,
                new Detail(message, failure.type(), param, failure.label()));
    }
}
