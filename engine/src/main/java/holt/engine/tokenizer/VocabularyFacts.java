package holt.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What a vocabulary says about prompts before any is encoded. */
record VocabularyFacts(int longestBytes, long largestId) {
    static VocabularyFacts of(JsonNode tokenizer) {
        // A byte-level vocabulary spells each byte as one character of its own alphabet.
        boolean byteLevel = tokenizer.path("decoder").toString().contains("\"ByteLevel\"");
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        int[] longest = {1};
        long[] largest = {vocabulary.size() - 1L};
        if (vocabulary.isObject()) {
            vocabulary.forEachEntry((token, id) -> {
                longest[0] = Math.max(longest[0], bytes(token, byteLevel));
                largest[0] = Math.max(largest[0], id.asLong());
            });
        } else {
            vocabulary.forEach(entry ->
                    longest[0] = Math.max(longest[0], bytes(entry.path(0).asString(), byteLevel)));
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            longest[0] = Math.max(longest[0], bytes(token.path("content").asString(), false));
            largest[0] = Math.max(largest[0], token.path("id").asLong());
        }
        return new VocabularyFacts(longest[0], largest[0]);
    }

    private static int bytes(String token, boolean byteLevel) {
        return byteLevel
                ? token.codePointCount(0, token.length())
                : token.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8).length;
    }
}
