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
public sealed interface Reply extends Versioned
        permits Reply.Started, Reply.TextDelta, Reply.Progress, Outcome {
    @Override
    default int version() {
        return 1;
    }

    /** @param run attempt + crashes */
    @JsonTypeName("started")
    record Started(WorkerId worker, int run) implements Reply {}

    /**
     * More text of an answer. The text stays out of logs.
     *
     * @param tokens how many tokens the engine wrote since the answer's last delta
     * @param choice number of the answer, from 0; null if there is one answer
     * @param logprobs of the tokens in this text; null unless the client asked for them
     * @param part what the text is part of; null: the answer's content
     */
    @JsonTypeName("text_delta")
    record TextDelta(
            String text,
            int tokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer choice,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TokenLogprobs> logprobs,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Part part)
            implements Reply {
        public TextDelta {
            logprobs = logprobs == null ? null : List.copyOf(logprobs);
        }

        /** Text of the only answer. */
        public TextDelta(String text, int tokens) {
            this(text, tokens, null, null, null);
        }

        /** Text of an answer's content. */
        public TextDelta(
                String text,
                int tokens,
                @Nullable Integer choice,
                @Nullable List<TokenLogprobs> logprobs) {
            this(text, tokens, choice, logprobs, null);
        }

        @Override
        public int version() {
            return part == null ? 1 : 2;
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

    /** A part of an answer that is not its content. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Part {
        /** What the model thinks before its answer. */
        @JsonTypeName("reasoning")
        record Reasoning() implements Part {}

        /**
         * The arguments of a tool call.
         *
         * @param index of the call in its answer, from 0
         * @param id of the call, the same in all of its deltas
         * @param name of the function, the same in all of its deltas
         */
        @JsonTypeName("tool_call")
        record Call(int index, String id, String name) implements Part {}
    }

    /** How many of the denoising steps are done. */
    @JsonTypeName("progress")
    record Progress(int done, int total) implements Reply {}
}
