package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A picture, a sound or a file in a message. Its name stays out of logs.
 *
 * @param at how many characters of the message's text come before it
 * @param type its media type, such as {@code image/png}
 * @param name of a file; null: none
 * @param detail how closely the model looks at a picture, such as {@code low}; null: its engine decides
 * @param data its bytes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Media(
        int at,
        Kind kind,
        String type,
        @Nullable String name,
        @Nullable String detail,
        StoredObject data) {

    /** What it is. */
    public enum Kind {
        /** A PNG or a JPEG. */
        @JsonProperty("picture")
        PICTURE(Ability.VISION),
        /** A WAV or an MP3. */
        @JsonProperty("audio")
        AUDIO(Ability.AUDIO),
        /** Another file, such as a PDF. */
        @JsonProperty("file")
        FILE(Ability.FILES);

        private final Ability needs;

        Kind(Ability needs) {
            this.needs = needs;
        }

        /** What a model that reads it must be able to do. */
        public Ability needs() {
            return needs;
        }
    }

    Media with(StoredObject other) {
        return new Media(at, kind, type, name, detail, other);
    }

    @Override
    public String toString() {
        return "Media[" + kind + ", " + data.size() + " bytes]";
    }
}
