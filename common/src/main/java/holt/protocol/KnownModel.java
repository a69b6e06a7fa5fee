package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A model that some worker serves or served: a value of the compacted {@code holt.settings}, key {@code model/<name>}.
 *
 * @param description one line for people: what it is, how large
 * @param created when the model's files were made
 * @param contextLength tokens of prompt and answer together
 * @param longestTokenBytes the longest token in bytes of UTF-8; a prompt of n bytes has at least n / this many tokens
 */
public record KnownModel(
        ModelName name,
        Kind kind,
        String description,
        Instant created,
        int contextLength,
        int longestTokenBytes) {

    /** What a model does. */
    public enum Kind {
        @JsonProperty("chat")
        CHAT,
        @JsonProperty("image")
        IMAGE
    }
}
