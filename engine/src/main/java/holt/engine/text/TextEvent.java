package holt.engine.text;

import holt.engine.EngineFailure;
import holt.engine.text.sampling.TokenScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a text request. The last event is {@link Finished}, {@link Failed} or {@link Cancelled}, and only the last.
 */
public sealed interface TextEvent {
    /** The model reads the prompt. */
    record Started(int promptTokens) implements TextEvent {}

    /** More of a completion. */
    sealed interface Output extends TextEvent {
        /** Which completion, from 0. */
        int choice();

        /** The number of tokens generated since the completion's last output. */
        int tokens();
    }

    /**
     * More text of a completion. It never ends inside a character and never contains a part of a stop string or of a marker of
     * calls.
     *
     * @param scores of the tokens whose text is now complete, if the request wants scores; never of one cut by a
     *     stop string, or of reasoning and calls; of an end token only after a {@link RawPrompt}
     */
    record Delta(int choice, String text, int tokens, List<TokenScores> scores) implements Output {}

    /** More of what the model thinks before its answer, without the think tags. */
    record Reasoning(int choice, String text, int tokens) implements Output {}

    /**
     * A part of a tool call. The parts of a call follow each other. The first one has its id and function. The arguments of all
     * parts together are a JSON object. Calls that are malformed or cut off are {@link Delta}s.
     *
     * @param index which call of the completion, from 0
     * @param id the same in each run of the request
     */
    record ToolCallPart(
            int choice,
            int index,
            @Nullable String id,
            @Nullable String function,
            String arguments,
            int tokens)
            implements Output {}

    /**
     * All completions have ended.
     *
     * @param reasons why each completion ended, in the order of the choices
     * @param promptTokens counted once
     * @param completionTokens all generated tokens, including end tokens, reasoning and calls
     * @param cachedTokens the prompt tokens that were in the key/value cache already
     */
    record Finished(
            List<FinishReason> reasons, int promptTokens, int completionTokens, int cachedTokens)
            implements TextEvent {
        /** Without cached tokens. */
        public Finished(List<FinishReason> reasons, int promptTokens, int completionTokens) {
            this(reasons, promptTokens, completionTokens, 0);
        }
    }

    /** The request failed. */
    record Failed(EngineFailure failure) implements TextEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled(int completionTokens) implements TextEvent {}
}
