package holt.standalone.client;

/**
 * A turn of a conversation.
 *
 * @param role {@code user} or {@code assistant}
 */
record Message(String role, String content) {}
