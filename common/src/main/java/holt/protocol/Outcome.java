package holt.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Locale;

/** How a job ended: its last reply, and the body of the event that settles it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Outcome extends Reply {

    /** @param content the whole text, also when it was streamed; it stays out of logs */
    @JsonTypeName("chat_completed")
    record ChatCompleted(String content, FinishReason finishReason, Usage usage)
            implements Outcome {
        @Override
        public String toString() {
            return "ChatCompleted[" + finishReason + ", " + usage + "]";
        }
    }

    /** @param message one sentence for the client: what was wrong, and with which field */
    @JsonTypeName("failed")
    record Failed(Failure reason, String message) implements Outcome {}

    @JsonTypeName("cancelled")
    record Cancelled() implements Outcome {}

    /**
     * An outcome over 64 KiB.
     *
     * @param object the JSON of the outcome itself
     */
    @JsonTypeName("stored")
    record Stored(StoredObject object) implements Outcome {}

    /** Why a text ended. */
    enum FinishReason {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("length")
        LENGTH;

        /** As in the HTTP reply. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tokens read and written. */
    record Usage(int promptTokens, int completionTokens) {}
}
