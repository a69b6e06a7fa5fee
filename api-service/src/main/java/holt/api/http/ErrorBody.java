package holt.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.Refusal;
import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** An error in both shapes at once: the network's ({@code code}, {@code message}) and OpenAI's ({@code error}). */
public record ErrorBody(int code, String message, Detail error) {

    /**
     * OpenAI's part.
     *
     * @param reason which bound a request with 429 exceeds
     * @param position in the queue that is full
     * @param etaSeconds until the job would have started
     */
    public record Detail(
            String message,
            String type,
            @Nullable String param,
            String code,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long position,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long etaSeconds) {}

    /** @param param the request field that was wrong */
    public static ErrorBody of(Failure failure, String message, @Nullable String param) {
        return of(failure, message, param, null);
    }

    public static ErrorBody of(RequestRejectedException rejected) {
        return of(
                rejected.failure(),
                String.valueOf(rejected.getMessage()),
                rejected.param(),
                rejected.refusal());
    }

    private static ErrorBody of(
            Failure failure, String message, @Nullable String param, @Nullable Refusal refusal) {
        return new ErrorBody(
                failure.code(),
                message,
                new Detail(
                        message,
                        failure.type(),
                        param,
                        failure.label(),
                        refusal == null ? null : refusal.reason().label(),
                        refusal == null ? null : refusal.position(),
                        refusal == null ? null : refusal.etaSeconds()));
    }
}
