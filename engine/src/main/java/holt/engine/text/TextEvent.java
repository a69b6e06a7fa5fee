package holt.engine.text;

/**
 * What becomes of a request, in order. Exactly one of {@link Finished}, {@link Failed} and {@link Cancelled} comes, as the
 * last one.
 */
public sealed interface TextEvent {
    /** The prompt is being read. */
    record Started(int promptTokens) implements TextEvent {}

    /**
     * More of the answer. The text never ends inside a character, and nothing of a stop text is in it.
     *
     * @param tokens how many tokens were generated since the last delta
     */
    record Delta(String text, int tokens) implements TextEvent {}

    /**
     * The answer is complete.
     *
     * @param completionTokens all tokens generated, the one that ended the answer included
     */
    record Finished(FinishReason reason, int promptTokens, int completionTokens)
            implements TextEvent {}

    /** There will be no (further) answer. */
    record Failed(EngineFailure failure) implements TextEvent {}

    /** The request was cancelled, or the engine closed. */
    record Cancelled(int completionTokens) implements TextEvent {}
}
