/**
 * A client of a running Holt for the command line: its list of models, and a conversation.
 *
 * <p>Easy to get wrong: an interrupted answer is no failure, and a failed question must not stay in the conversation.
 *
 * <p>Talks HTTP as any client does. Knows no other part of Holt.
 */
@NullMarked
package holt.standalone.client;

import org.jspecify.annotations.NullMarked;
