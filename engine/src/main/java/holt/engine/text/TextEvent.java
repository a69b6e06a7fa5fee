package holt.engine.text;

import java.util.List;

/**
 * What becomes of a request, in order. Exactly one of {@link Finished}, {@link Failed} and {@link Cancelled} comes, as the
 * last one.
 */
public sealed interface TextEvent {
    /** The prompt is being read. */
    record Started(int promptTokens) implements TextEvent {}

    /**
     * More of an answer. The text never ends inside a character, and nothing of a stop text is in it.
     *
     * @param choice which answer, counted from 0
     * @param tokens how many tokens were generated since the answer's last delta
     * @param scores of the tokens whose text is now complete, if they are wanted; none of a token that a stop text cut or that ended the answer
     */
    record Delta(int choice, String text, int tokens, List<TokenScores> scores)
            implements TextEvent {}

    /**
     * All answers are complete.
     *
     * @param reasons why each ended
     * @param promptTokens counted once
     * @param completionTokens all tokens generated, those that ended the answers included
     * @param cachedTokens of the prompt's, which were not read again because an earlier one began with them
     */
    record Finished(
            List<FinishReason> reasons, int promptTokens, int completionTokens, int cachedTokens)
            implements TextEvent {
        /** After a prompt that was read as a whole. */
        public Finished(List<FinishReason> reasons, int promptTokens, int completionTokens) {
            this(reasons, promptTokens, completionTokens, 0);
        }
    }

    /** There will be no (further) answer. */
    record Failed(EngineFailure failure) implements TextEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled(int completionTokens) implements TextEvent {}
}
