package holt.engine;

/** Why a request failed. */
public sealed interface EngineFailure {
    /**
     * The prompt leaves no room for a completion. Both numbers count tokens.
     *
     * @param field of the request
     */
    record PromptTooLong(String field, int promptTokens, int contextLength)
            implements EngineFailure {}

    /** The model's chat template refuses the conversation, for example the order of its roles. */
    record TemplateRefused(String detail) implements EngineFailure {}

    /**
     * The request biases the logit of a token that the model does not have.
     *
     * @param vocabulary the number of tokens; ids are below it
     */
    record UnknownToken(int token, int vocabulary) implements EngineFailure {}

    /**
     * The model does not support a value of the request.
     *
     * @param field of the request
     */
    record Refused(String field, String detail) implements EngineFailure {}

    /** The device had no memory for the step. Another attempt may work. */
    record OutOfMemory(String detail) implements EngineFailure {}

    /** The device has stopped working. The engine fails all further requests. */
    record DeviceBroken(String detail) implements EngineFailure {}

    /** Any other error. */
    record Internal(String detail) implements EngineFailure {}
}
