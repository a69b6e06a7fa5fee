package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker's message to the API instance on which the client waits: one {@link Started} for each claim, then deltas or progress, then
 * exactly one {@link Outcome}. The record's headers carry job id, claim id, epoch and sequence number.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Reply permits Reply.Started, Reply.TextDelta, Reply.Progress, Outcome {

    /** @param run attempt + crashes */
    @JsonTypeName("started")
    record Started(WorkerId worker, int run) implements Reply {}

    /**
     * More text of an answer. The text stays out of logs.
     *
     * @param tokens how many tokens the engine wrote since the answer's last delta
     * @param choice number of the answer, from 0; null if there is one answer
     * @param logprobs of the tokens in this text; null unless the client asked for them
     */
    @JsonTypeName("text_delta")
    record TextDelta(
            String text,
            int tokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer choice,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs)
            implements Reply {
        public TextDelta {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
        }

        /** Text of the only answer. */
        public TextDelta(String text, int tokens) {
            this(text, tokens, null, null);
        }

        /** Number of the answer, from 0. */
        public int index() {
            return choice == null ? 0 : choice;
        }

        @Override
        public String toString() {
            return "TextDelta[" + index() + ", " + tokens + " tokens]";
        }
    }

    /** How many of the denoising steps are done. */
    @JsonTypeName("progress")
    record Progress(int done, int total) implements Reply {}
}
