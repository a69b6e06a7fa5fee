package holt.engine.text;

/** Why a completion ended. */
public enum FinishReason {
    /** The model ended it, or it reached a stop string. */
    STOP,
    /** It reached the token limit or the end of the context, or was cut short. */
    LENGTH,
    /** The model ended it, and it has tool calls. */
    TOOL_CALLS
}
