package holt.engine.embedding;

import java.util.List;

/** What becomes a vector. */
public sealed interface EmbeddingInput {
    /** A text, which stays out of logs. */
    record Text(String text) implements EmbeddingInput {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** Token ids as they are: without a prompt, and without special tokens that the client has not written. */
    record Tokens(List<Integer> ids) implements EmbeddingInput {
        public Tokens {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Tokens[" + ids.size() + "]";
        }
    }
}
