package holt.engine.text;

/** Why a request got no answer. */
public sealed interface EngineFailure {
    /** The prompt leaves no room for an answer. */
    record PromptTooLong(int promptTokens, int contextLength) implements EngineFailure {}

    /** The model's chat template refuses the conversation, for example the order of its roles. */
    record TemplateRefused(String detail) implements EngineFailure {}

    /** The logits of a token are to be biased that the model does not have. */
    record UnknownToken(int token, int vocabulary) implements EngineFailure {}

    /** The device had no memory left for the step. Another attempt may work. */
    record OutOfMemory(String detail) implements EngineFailure {}

    /** The device does not work any more; this engine answers nothing further. */
    record DeviceBroken(String detail) implements EngineFailure {}

    /** Anything else. */
    record Internal(String detail) implements EngineFailure {}
}
