package holt.engine.text;

import holt.engine.EngineFailure;
import holt.engine.text.sampling.TokenScores;
import java.util.List;

/**
 * An event of a text request. The last event is {@link Finished}, {@link Failed} or {@link Cancelled}, and only the last.
 */
public sealed interface TextEvent {
    /** The model reads the prompt. */
    record Started(int promptTokens) implements TextEvent {}

    /**
     * More text of a completion. It never ends inside a character and never contains a part of a stop string.
     *
     * @param choice which completion, from 0
     * @param tokens the number of tokens generated since the completion's last delta
     * @param scores of the tokens whose text is now complete, if the request wants scores; never of an end token or of one cut
     *     by a stop string
     */
    record Delta(int choice, String text, int tokens, List<TokenScores> scores)
            implements TextEvent {}

    /**
     * All completions have ended.
     *
     * @param reasons why each completion ended, in the order of the choices
     * @param promptTokens counted once
     * @param completionTokens all generated tokens, including end tokens
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
