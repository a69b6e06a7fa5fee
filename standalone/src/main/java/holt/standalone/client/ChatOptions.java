package holt.standalone.client;

import org.jspecify.annotations.Nullable;

/**
 * What goes with each question. Null: the model's default.
 *
 * @param system instructions before the conversation
 */
public record ChatOptions(
        @Nullable String system, @Nullable Double temperature, @Nullable Integer maxTokens) {
    public static final ChatOptions NONE = new ChatOptions(null, null, null);
}
