package holt.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer, in the network's shape and OpenAI's at once.
 *
 * @param created in seconds since 1970
 */
record ImagesReply(int code, String message, long created, List<Datum> data) {
    /** One picture, as a URL or in base64. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Datum(@Nullable String url, @Nullable String b64Json) {}
}
