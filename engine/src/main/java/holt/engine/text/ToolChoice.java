package holt.engine.text;

/** Whether a completion calls tools. */
public sealed interface ToolChoice {
    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** What the model writes is text, even where it looks like a call. As in vLLM, the prompt lists the tools all the same. */
    record None() implements ToolChoice {}

    /** At least one call. */
    record Required() implements ToolChoice {}

    /** A call of this function. */
    record Named(String function) implements ToolChoice {}
}
