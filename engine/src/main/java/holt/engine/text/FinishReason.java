package holt.engine.text;

/** Why an answer ended. */
public enum FinishReason {
    /** The model ended it, or a stop text came up. */
    STOP,
    /** The token limit or the end of the context was reached. */
    LENGTH
}
