package holt.api.embeddings;

import java.util.List;

/** The whole answer, in OpenAI's shape. Like every answer, it has a code. */
record EmbeddingsReply(
        int code, String message, String object, List<Datum> data, String model, Usage usage) {

    /** @param embedding an array of numbers, or base64 */
    record Datum(String object, int index, Object embedding) {}

    record Usage(int promptTokens, int totalTokens) {}
}
