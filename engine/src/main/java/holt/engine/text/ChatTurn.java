package holt.engine.text;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, or what else the model's template knows
 */
public record ChatTurn(String role, String content) {}
