package holt.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.protocol.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer, in the network's shape and OpenAI's at once. The pictures of an answer have one size and one format.
 *
 * @param created in seconds since 1970
 * @param size such as {@code 1024x1024}; null for a size that OpenAI's SDKs do not know, since some refuse it
 * @param quality always the same, since there is one quality
 * @param usage null if the engine counts no tokens
 */
record ImagesReply(
        int code,
        String message,
        long created,
        List<Datum> data,
        String background,
        String outputFormat,
        String quality,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String size,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage) {
    private static final Set<String> SIZES = Set.of("1024x1024", "1024x1536", "1536x1024");

    /** One picture, as a URL or in base64. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Datum(@Nullable String url, @Nullable String b64Json) {}

    /** Tokens, as the engine counts them. */
    record Usage(
            int inputTokens,
            InputTokensDetails inputTokensDetails,
            int outputTokens,
            int totalTokens) {
        private static Usage of(Outcome.PictureUsage usage) {
            return new Usage(
                    usage.inputTokens(),
                    new InputTokensDetails(usage.imageTokens(), usage.textTokens()),
                    usage.outputTokens(),
                    usage.inputTokens() + usage.outputTokens());
        }
    }

    record InputTokensDetails(int imageTokens, int textTokens) {}

    static ImagesReply of(long created, List<Datum> data, Outcome.ImagesCompleted outcome) {
        Outcome.Picture first = outcome.pictures().getFirst();
        Outcome.PictureUsage usage = outcome.usage();
        String size = first.width() + "x" + first.height();
        return new ImagesReply(
                0,
                "success",
                created,
                data,
                "opaque",
                first.contentType().substring("image/".length()),
                "medium",
                SIZES.contains(size) ? size : null,
                usage == null ? null : Usage.of(usage));
    }
}
