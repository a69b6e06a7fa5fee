package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a model can do beyond answering in plain text. A job names the abilities that it needs. */
public enum Ability {
    /** Reads {@link Tools}, tool calls and their results, and calls tools. */
    @JsonProperty("tools")
    TOOLS,
    /** Answers in an {@link OutputFormat}. */
    @JsonProperty("structured")
    STRUCTURED,
    /** Reads {@code chat_template_kwargs} and earlier reasoning. */
    @JsonProperty("template_arguments")
    TEMPLATE_ARGUMENTS,
    /** Turns texts into vectors: {@link Task.Embed}. Only models of that kind do. */
    @JsonProperty("embeddings")
    EMBEDDINGS,
    /** Goes on with prompts that no chat template writes: {@link Task.Complete}. */
    @JsonProperty("completions")
    COMPLETIONS,
    /** Edits several pictures together: {@link PictureEdit#further}. */
    @JsonProperty("several_images")
    SEVERAL_IMAGES,
    /** Sees the pictures of a chat. */
    @JsonProperty("vision")
    VISION,
    /** Hears the sounds of a chat. */
    @JsonProperty("audio")
    AUDIO,
    /** Reads the files of a chat. */
    @JsonProperty("files")
    FILES,
    /** Takes fields of a chat that Holt does not know. */
    @JsonProperty("extra_fields")
    EXTRA_FIELDS;

    /** The name in records and in HTTP replies. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
