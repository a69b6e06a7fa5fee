package holt.engine.text;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, or another role of the model's chat template
 */
public record ChatTurn(String role, String content) {}
