package holt.api.embeddings;

import holt.api.jobs.EndedJob;
import holt.api.jobs.RenderOutcome;
import holt.protocol.Outcome;
import holt.protocol.VectorFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders vectors. */
@Component
final class RenderEmbeddings implements RenderOutcome {
    @Override
    public @Nullable Object body(EndedJob job, String base) {
        if (!(job.outcome() instanceof Outcome.Embedded embedded)) {
            return null;
        }
        List<String> vectors = embedded.vectors();
        int tokens = embedded.usage().promptTokens();
        return new EmbeddingsReply(
                0,
                "success",
                "list",
                IntStream.range(0, vectors.size())
                        .mapToObj(i ->
                                new EmbeddingsReply.Datum(
                                        "embedding", i, written(vectors.get(i), embedded.format())))
                        .toList(),
                job.askedModel(),
                new EmbeddingsReply.Usage(tokens, tokens));
    }

    private static Object written(String vector, VectorFormat format) {
        return switch (format) {
            case BASE64 -> vector;
            case FLOAT -> numbers(Base64.getDecoder().decode(vector));
        };
    }

    private static float[] numbers(byte[] bytes) {
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }
}
