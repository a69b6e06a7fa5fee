package holt.api.completions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chunk of a streamed answer, in OpenAI's shape. */
record CompletionChunk(
        String id,
        String object,
        long created,
        String model,
        List<CompletionReply.Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) CompletionReply.@Nullable Usage usage) {

    static CompletionChunk of(CompletionEnvelope envelope, CompletionReply.Choice choice) {
        return chunk(envelope, List.of(choice), null);
    }

    static CompletionChunk usage(CompletionEnvelope envelope, CompletionReply.Usage usage) {
        return chunk(envelope, List.of(), usage);
    }

    private static CompletionChunk chunk(
            CompletionEnvelope envelope,
            List<CompletionReply.Choice> choices,
            CompletionReply.@Nullable Usage usage) {
        return new CompletionChunk(
                envelope.id(),
                "text_completion",
                envelope.created(),
                envelope.model(),
                choices,
                usage);
    }
}
