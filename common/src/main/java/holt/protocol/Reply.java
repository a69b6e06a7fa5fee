package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells the waiting API instance: one {@link Started} a claim, then deltas or progress, then exactly one {@link Outcome}.
 * Job id, claim id, epoch and sequence number travel in the record's headers.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Reply permits Reply.Started, Reply.TextDelta, Reply.Progress, Outcome {

    /** @param run attempt + crashes: how often the job has now been started */
    @JsonTypeName("started")
    record Started(WorkerId worker, int run) implements Reply {}

    /**
     * More of an answer; its text stays out of logs.
     *
     * @param tokens how many tokens were written since the answer's last delta
     * @param choice which answer, counted from 0; null where one is wanted
     * @param logprobs of the tokens that have become text with this delta; null where none are wanted
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

        /** Of the one answer that is wanted. */
        public TextDelta(String text, int tokens) {
            this(text, tokens, null, null);
        }

        /** Which answer, counted from 0. */
        public int index() {
            return choice == null ? 0 : choice;
        }

        @Override
        public String toString() {
            return "TextDelta[" + index() + ", " + tokens + " tokens]";
        }
    }

    /** Steps of a picture done so far, of all. */
    @JsonTypeName("progress")
    record Progress(int done, int total) implements Reply {}
}
