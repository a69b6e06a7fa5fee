package holt.engine.text;

/**
 * A call that an assistant turn made.
 *
 * @param arguments JSON text, as the model wrote it; empty = none
 */
public record ToolCall(String id, String function, String arguments) {}
